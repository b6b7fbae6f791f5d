package dev.plimsoll.runtime.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Lets calls through while they succeed. After a failure it lets one through at each interval, so that callers do not
/// wait for a server that does not answer.
final class Circuit {
    private static final long CLOSED = 0;

    private final long pause;
    /// When the next attempt is due, in ns of the running clock; [#CLOSED] when all may pass.
    private final AtomicLong next = new AtomicLong(CLOSED);

    Circuit(Duration pause) {
        this.pause = pause.toNanos();
    }

    boolean admits(long now) {
        var due = next.get();
        return due == CLOSED || (now - due >= 0 && next.compareAndSet(due, later(now)));
    }

    boolean isClosed() {
        return next.get() == CLOSED;
    }

    void succeeded() {
        if (next.get() != CLOSED) {
            next.set(CLOSED);
        }
    }

    void failed(long now) {
        next.set(later(now));
    }

    private long later(long now) {
        var due = now + pause;
        return due == CLOSED ? 1 : due;
    }
}
