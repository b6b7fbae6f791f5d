package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Held;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A value in the process. Times are in ns of the running clock.
final class Kept<V> {
    /// Part of the fresh time in which a value may be loaded anew early.
    private static final int EARLIEST = 10;
    /// Between attempts to load anew what could not be loaded.
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);

    private final V value;
    private final Held held;
    private final int weight;
    private final long freshUntil;
    private final long goneAt;
    private volatile long dueAt;

    /// @param fresh remaining time in ms, negative if stale already
    /// @param stale time after it in ms
    /// @param loading how long the value took to load, in ms
    Kept(V value, Held held, int weight, long fresh, long stale, long loading) {
        this.value = value;
        this.held = held;
        this.weight = weight;
        var now = System.nanoTime();
        freshUntil = now + TimeUnit.MILLISECONDS.toNanos(fresh);
        goneAt = freshUntil + TimeUnit.MILLISECONDS.toNanos(stale);
        dueAt = freshUntil - early(fresh, loading);
    }

    /// Each process draws another moment, so that the first loads while the others still return what is fresh.
    private static long early(long fresh, long loading) {
        var widest = Math.min(loading * 2, fresh / EARLIEST);
        return widest <= 0
                ? 0
                : TimeUnit.MILLISECONDS.toNanos(widest) / 2
                        + ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(widest) / 2);
    }

    V value() {
        return value;
    }

    Held held() {
        return held;
    }

    int weight() {
        return weight;
    }

    boolean isGone(long now) {
        return goneAt - now <= 0;
    }

    boolean isFresh(long now) {
        return freshUntil - now > 0;
    }

    boolean isDue(long now) {
        return dueAt - now <= 0;
    }

    long freshMillis(long now) {
        return TimeUnit.NANOSECONDS.toMillis(freshUntil - now);
    }

    void postpone(long now) {
        dueAt = now + RETRY;
    }

    long remaining(long now) {
        return Math.max(0, goneAt - now);
    }
}
