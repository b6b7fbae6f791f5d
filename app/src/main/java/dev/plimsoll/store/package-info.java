/// What Plimsoll keeps on disk: rendered directories and their state.
@NullMarked
package dev.plimsoll.store;

import org.jspecify.annotations.NullMarked;
