package dev.plimsoll.runtime.web;

import java.time.Duration;

/// How often one client may ask.
///
/// @param burst requests at once after a rest, at least 1
/// @param refill time in which one request is given back; all of the burst come back within 292 years, which a long
/// holds in nanoseconds
public record RateLimit(int burst, Duration refill) {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    public RateLimit {
        if (burst < 1 || refill.isNegative() || refill.isZero()) {
            throw new IllegalArgumentException("a limit of " + burst + " requests, one back every " + refill
                    + ": both must be above 0");
        }
        if (refill.compareTo(LONGEST.dividedBy(burst)) > 0) {
            throw new IllegalArgumentException("a limit of " + burst + " requests, one back every " + refill
                    + ": all must be back within 292 years");
        }
    }

    public static RateLimit perSecond(int requests, int burst) {
        return new RateLimit(burst, Duration.ofSeconds(1).dividedBy(Math.max(1, requests)));
    }
}
