package dev.plimsoll.runtime.worker;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// One place for a child, and perhaps its replacement that waits already.
final class Slot {
    private final AtomicReference<Optional<ChildProcess>> child = new AtomicReference<>(Optional.empty());
    private Optional<ChildProcess> next = Optional.empty();
    private boolean preparing;

    Optional<ChildProcess> child() {
        return child.get();
    }

    void put(ChildProcess fit) {
        child.set(Optional.of(fit));
    }

    /// Whether a replacement is to be started now, by whoever asked.
    synchronized boolean beginToPrepare() {
        if (preparing || next.isPresent() || child().filter(ChildProcess::isAlive).isEmpty()) {
            return false;
        }
        preparing = true;
        return true;
    }

    /// @param started empty when it could not be
    synchronized void prepared(Optional<ChildProcess> started) {
        preparing = false;
        next = started;
        notifyAll();
    }

    /// The replacement, once it is ready if one is being started.
    synchronized Optional<ChildProcess> takeNext() throws InterruptedException {
        while (preparing) {
            wait();
        }
        return dropNext().filter(ChildProcess::isAlive);
    }

    /// The replacement that waits, which is no longer one then.
    synchronized Optional<ChildProcess> dropNext() {
        var dropped = next;
        next = Optional.empty();
        return dropped;
    }
}
