/// Traces that logs can be joined with.
@NullMarked
package dev.plimsoll.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
