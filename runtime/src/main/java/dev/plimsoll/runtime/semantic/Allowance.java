package dev.plimsoll.runtime.semantic;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that all scopes share. What is taken never exceeds the limit.
final class Allowance {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    Allowance(long limit) {
        this.limit = limit;
    }

    boolean take(long bytes) {
        var now = taken.get();
        while (now + bytes <= limit) {
            if (taken.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
