package dev.plimsoll.runtime.worker;

import java.util.Locale;

/// How an attempt ended.
public enum Outcome {
    DONE,
    /// The work threw.
    FAILED,
    /// The child passed its ceiling, or was refused memory at it.
    KILLED_MEMORY, KILLED_TIMEOUT,
    /// The child ended in the middle, and not for memory.
    CRASHED,
    /// The parent died; not counted as an attempt of the job's.
    ABANDONED;

    /// As in the history table.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
