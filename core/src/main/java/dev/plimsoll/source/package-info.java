/// Where a value stands in the user's files, and what is wrong with it.
@NullMarked
package dev.plimsoll.source;

import org.jspecify.annotations.NullMarked;
