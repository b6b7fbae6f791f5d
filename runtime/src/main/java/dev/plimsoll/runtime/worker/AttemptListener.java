package dev.plimsoll.runtime.worker;

/// Hears of each attempt that ended, on the thread that runs jobs.
@FunctionalInterface
public interface AttemptListener {
    void ended(Attempt attempt);
}
