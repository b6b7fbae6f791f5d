/// Load on a running service as data: profiles and their objectives, what a run gave, the search for the cliff, and
/// what happened inside meanwhile.
@NullMarked
package dev.plimsoll.load;

import org.jspecify.annotations.NullMarked;
