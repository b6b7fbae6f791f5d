/// Measured memory against the memory models: what a model says at the state that was seen, and what constants follow.
@NullMarked
package dev.plimsoll.calibrate;

import org.jspecify.annotations.NullMarked;
