package dev.plimsoll.runtime.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waiting that may end early and leaves an interrupt as it is.
final class Pause {
    private Pause() {}

    static void milliseconds(long time) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time));
    }
}
