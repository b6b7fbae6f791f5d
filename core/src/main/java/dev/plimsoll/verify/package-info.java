/// Expectations held against observations: the ten scenarios.
@NullMarked
package dev.plimsoll.verify;

import org.jspecify.annotations.NullMarked;
