package dev.plimsoll.runtime.worker;

/// Hears of each attempt that ended, once that is recorded, on the thread that ran the job or on the one that takes
/// over from dead parents. What it throws is logged, and changes nothing.
@FunctionalInterface
public interface AttemptListener {
    /// The job's payload is `null` where nobody read it: when the parent died, or something outside the child failed.
    void ended(Attempt attempt);
}
