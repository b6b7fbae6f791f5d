/// From Compose files to a Stack: interpolation, extends, include, merging and what Compose refuses.
@NullMarked
package dev.plimsoll.compose;

import org.jspecify.annotations.NullMarked;
