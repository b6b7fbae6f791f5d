package dev.plimsoll.runtime.web;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts requests under way and lets a service end when they are done: first it turns away new ones, then it waits.
public final class Drain {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int active;
    private boolean draining;

    /// Begins a request.
    ///
    /// @return false while draining: the request must be turned away, with status 503 and `Connection: close`
    public boolean enter() {
        lock.lock();
        try {
            if (draining) {
                return false;
            }
            active++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Ends a request that [#enter] let in.
    public void leave() {
        lock.lock();
        try {
            active--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public int active() {
        lock.lock();
        try {
            return active;
        } finally {
            lock.unlock();
        }
    }

    public boolean draining() {
        lock.lock();
        try {
            return draining;
        } finally {
            lock.unlock();
        }
    }

    /// Lets requests in again, as after a service was paused.
    public void reopen() {
        lock.lock();
        try {
            draining = false;
        } finally {
            lock.unlock();
        }
    }

    /// Turns new requests away and waits for those under way.
    ///
    /// @return requests still under way when `longest` had passed
    public int drain(Duration longest) throws InterruptedException {
        var left = longest.toNanos();
        lock.lock();
        try {
            draining = true;
            while (active > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return active;
        } finally {
            lock.unlock();
        }
    }
}
