package dev.plimsoll.runtime.worker;

import java.time.Duration;
import java.util.List;

/// How jobs are worked on.
///
/// @param slots children at work at once
/// @param kinds that are taken from the queue; jobs of others stay there
/// @param command starts a child
/// @param attempts after so many that ended badly a job goes to quarantine
/// @param abandonments after so many deaths of the parent it goes there too: it may be what kills the parent
/// @param retry delay before the next attempt
/// @param drain how long to wait for running jobs when closing
/// @param polling how often to look for due jobs when there were none
/// @param history how long what is noted of attempts at these kinds is kept, a day or more
public record WorkerSettings(int slots, List<String> kinds, ChildCommand command, Limits limits, Bounds bounds,
        int attempts, int abandonments, Duration retry, Duration drain, Duration polling, Duration history) {
    public WorkerSettings {
        kinds = List.copyOf(kinds);
        kinds.forEach(JobKind::checkName);
        if (slots < 1 || kinds.isEmpty()) {
            throw new IllegalArgumentException("workers need at least one slot and one kind, not " + slots + " and "
                    + kinds);
        }
        if (attempts < 1 || abandonments < 1) {
            throw new IllegalArgumentException("a job has at least one attempt, not " + Math.min(attempts,
                    abandonments));
        }
        if (history.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("the history of jobs is kept for a day or more, not " + history);
        }
    }

    /// Two attempts, a second apart, ten deaths of the parent, and a history of 30 days.
    public static WorkerSettings of(int slots, Limits limits, ChildCommand command, String... kinds) {
        return new WorkerSettings(slots, List.of(kinds), command, limits, Bounds.DEFAULT, 2, 10, Duration.ofSeconds(1),
                Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofDays(30));
    }

    public WorkerSettings withBounds(Bounds value) {
        return new WorkerSettings(slots, kinds, command, limits, value, attempts, abandonments, retry, drain, polling,
                history);
    }

    public WorkerSettings withAttempts(int value) {
        return new WorkerSettings(slots, kinds, command, limits, bounds, value, abandonments, retry, drain, polling,
                history);
    }

    public WorkerSettings withAbandonments(int value) {
        return new WorkerSettings(slots, kinds, command, limits, bounds, attempts, value, retry, drain, polling,
                history);
    }

    public WorkerSettings withRetry(Duration value) {
        return new WorkerSettings(slots, kinds, command, limits, bounds, attempts, abandonments, value, drain, polling,
                history);
    }

    public WorkerSettings withDrain(Duration value) {
        return new WorkerSettings(slots, kinds, command, limits, bounds, attempts, abandonments, retry, value, polling,
                history);
    }

    public WorkerSettings withHistory(Duration value) {
        return new WorkerSettings(slots, kinds, command, limits, bounds, attempts, abandonments, retry, drain, polling,
                value);
    }
}
