package dev.plimsoll.load;

import dev.plimsoll.load.Counts.Failure;
import java.util.Optional;

/// How one request ended.
///
/// @param request its number in the traffic
/// @param second since the profile's start in which it was due
/// @param latencyMicros from when it was due
/// @param serviceMicros from when it was written; empty when it was not
/// @param completed whether a whole answer came
/// @param redirected whether it was a redirect that nobody named as expected
public record Ended(int request, int second, Stage.Phase phase, long latencyMicros, Optional<Long> serviceMicros,
        boolean completed, boolean redirected, Optional<Failure> failure, long bytes) {
    boolean wasSent() {
        return serviceMicros.isPresent();
    }

    /// Whether its time says how long a user waits: a whole answer, or a wait that was given up.
    boolean isTimed() {
        return completed || failure.filter(kind -> kind == Failure.TIMEOUT).isPresent();
    }
}
