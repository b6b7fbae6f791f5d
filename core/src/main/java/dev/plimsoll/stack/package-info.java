/// The Compose project as loaded: the words every other package speaks.
@NullMarked
package dev.plimsoll.stack;

import org.jspecify.annotations.NullMarked;
