package dev.plimsoll.runtime.worker;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Jobs of one kind as db-scheduler sees them: it picks them and keeps the lease alive, the rest is in [Shift].
final class KindTask extends AbstractTask<String> {
    private final Shift shift;

    KindTask(String kind, Shift shift) {
        super(kind, String.class, (complete, operations) -> shift.broke(complete.getExecution(), complete.getCause()
                .map(Throwable::toString).orElse("it failed")), (complete, operations) -> shift.abandoned(
                        complete
                                .getExecution()));
        this.shift = shift;
    }

    @Override
    public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
        var execution = context.getExecution();
        var lease = Lease.of(execution);
        try {
            var attempt = shift.work(job(execution, instance.getData()));
            return attempt.<CompletionHandler<String>>map(ended -> (complete, operations) -> shift.settle(lease,
                    ended)).orElse((complete, operations) -> shift.putBack(lease, Shift.LATER));
        } catch (InterruptedException stopping) {
            // The interrupt is spent, so that the settlement does not stumble over it.
            return (complete, operations) -> shift.putBack(lease, Duration.ZERO);
        }
    }

    static Job job(Execution execution, String payload) {
        return new Job(execution.getTaskName(), execution.getId(), execution.consecutiveFailures + 1, Optional
                .ofNullable(payload).orElse("null"));
    }

    @Override
    public SchedulableInstance<String> schedulableInstance(String id) {
        return schedulableInstance(id, "null");
    }

    @Override
    public SchedulableInstance<String> schedulableInstance(String id, String payload) {
        return SchedulableInstance.of(instance(id, payload), Instant.EPOCH);
    }
}
