/// What was rendered, number by number with its reason: the yardstick for the running stack.
@NullMarked
package dev.plimsoll.lock;

import org.jspecify.annotations.NullMarked;
