package dev.plimsoll.runtime.cache;

import java.time.Duration;

/// How long and how much a cache keeps.
///
/// @param fresh time for which a value is returned without question, less the jitter
/// @param stale time after that for which it is still returned while it is loaded anew in the background; zero for
/// none. What was invalidated is never returned, however fresh
/// @param jitterPercent largest part of `fresh` that is taken off at random, so that what was loaded together does not
/// end together
/// @param bytes that the values in the process may take
/// @param lease how long a process that loads keeps the others from loading the same; renewed while it lives
public record CachePolicy(Duration fresh, Duration stale, int jitterPercent, long bytes, Duration lease) {
    /// 16 MiB, an eighth of a small service's heap of 128 MiB: an assumption.
    private static final long DEFAULT_BYTES = 16L << 20;

    public CachePolicy {
        require(fresh.toMillis() >= 1, "a value is fresh for at least 1 ms, not " + fresh);
        require(fresh.toDays() <= 365, "a value is fresh for a year at most, not " + fresh);
        require(!stale.isNegative() && stale.toDays() <= 20, "stale time is 0 to 20 days, not " + stale);
        require(jitterPercent >= 0 && jitterPercent <= 50, "jitter is 0 to 50 %, not " + jitterPercent);
        require(bytes >= 0, "bytes must not be negative: " + bytes);
        require(lease.toMillis() >= 10, "the lease is at least 10 ms, not " + lease);
    }

    /// Values that stay fresh for 90 to 100 % of this time, and are then loaded anew while callers wait.
    public static CachePolicy fresh(Duration time) {
        return new CachePolicy(time, Duration.ZERO, 10, DEFAULT_BYTES, Duration.ofSeconds(2));
    }

    /// For so much longer callers do not wait.
    public CachePolicy stale(Duration time) {
        return new CachePolicy(fresh, time, jitterPercent, bytes, lease);
    }

    public CachePolicy jitterPercent(int percent) {
        return new CachePolicy(fresh, stale, percent, bytes, lease);
    }

    public CachePolicy bytes(long most) {
        return new CachePolicy(fresh, stale, jitterPercent, most, lease);
    }

    public CachePolicy lease(Duration time) {
        return new CachePolicy(fresh, stale, jitterPercent, bytes, time);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
