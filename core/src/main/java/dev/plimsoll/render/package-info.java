/// From a plan to files: what to write, as data.
@NullMarked
package dev.plimsoll.render;

import org.jspecify.annotations.NullMarked;
