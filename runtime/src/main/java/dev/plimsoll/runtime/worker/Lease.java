package dev.plimsoll.runtime.worker;

import com.github.kagkarlsson.scheduler.task.Execution;

/// The right to settle a job that this parent picked. Whoever picks it again raises the version, and this one is void.
record Lease(String kind, String job, long version) {
    static Lease of(Execution execution) {
        return new Lease(execution.getTaskName(), execution.getId(), execution.version);
    }
}
