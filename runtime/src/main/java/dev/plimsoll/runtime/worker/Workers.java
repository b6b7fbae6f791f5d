package dev.plimsoll.runtime.worker;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on jobs from the queue in child processes whose memory is bounded.
///
/// Completion is recorded once: the job leaves the queue in the transaction that notes it as done. What a job did
/// elsewhere may have been done before by an attempt whose end nobody could record.
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    /// A parent that is silent for [#MISSED] of these is taken for dead.
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED = 6;
    /// Of kinds that nobody works on; db-scheduler would delete their jobs after two weeks.
    private static final Duration KEEP_UNKNOWN = Duration.ofDays(36_500);
    private static final long GATE_MILLIS = 100;
    /// Tells those of one process apart: each gives back only what it took itself.
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    /// A parent that was killed may have picked jobs in a transaction that the server ends only later.
    private static final long TAKE_OVER_MILLIS = 2000;
    private static final Duration FORGET = Duration.ofHours(1);

    private final Slots slots;
    private final Admission admission;
    private final Shift shift;
    private final Scheduler scheduler;
    private final WorkerSettings settings;
    private final ScheduledExecutorService gate = Executors.newScheduledThreadPool(3, work -> {
        var thread = new Thread(work, "plimsoll-gate");
        thread.setDaemon(true);
        return thread;
    });
    private boolean open = true;

    private Workers(DataSource source, WorkerSettings settings) {
        this.settings = settings;
        var parent = Origin.self() + Origin.SEPARATOR + NUMBERS.incrementAndGet();
        var machine = new Machine();
        slots = new Slots(settings.slots(), settings.command(), settings.limits());
        admission = new Admission(new Gate(settings.bounds()), new Peaks(settings.limits().ceiling()), machine::read,
                slots::total);
        shift = new Shift(settings, slots, admission, new Ledger(source, parent));
        scheduler = Scheduler
                .create(source, settings.kinds().stream().<Task<?>>map(kind -> new KindTask(kind, shift)).toList())
                .schedulerName(() -> parent).tableName("plimsoll.jobs").serializer(new Utf8Serializer())
                .threads(settings.slots())
                // No more than there are slots: a job that waits here keeps no heartbeat.
                .pollUsingLockAndFetch(0.999, 1.0).pollingInterval(settings.polling()).enablePriority()
                .heartbeatInterval(HEARTBEAT).missedHeartbeatsLimit(MISSED).deleteUnresolvedAfter(KEEP_UNKNOWN)
                .shutdownMaxWait(settings.drain()).failureLogging(LogLevel.WARN, false)
                .addSchedulerListener(new LeaseWatch(slots)).build();
    }

    /// Starts the children and begins to take jobs. The tables must be there ([JobQueue#install]).
    public static Workers start(DataSource source, WorkerSettings settings)
            throws SQLException, IOException, InterruptedException {
        var workers = new Workers(source, settings);
        try {
            workers.shift.takeOver();
            workers.slots.start();
            workers.begin();
        } catch (SQLException | IOException | InterruptedException | RuntimeException failed) {
            workers.slots.close();
            workers.gate.shutdownNow();
            throw failed;
        }
        return workers;
    }

    private void begin() {
        guard();
        scheduler.start();
        var unused = gate.scheduleWithFixedDelay(this::guard, GATE_MILLIS, GATE_MILLIS, TimeUnit.MILLISECONDS);
        var unusedToo = gate.scheduleWithFixedDelay(this::takeOver, TAKE_OVER_MILLIS, TAKE_OVER_MILLIS,
                TimeUnit.MILLISECONDS);
        var unusedAsWell = gate.scheduleWithFixedDelay(this::forget, 0, FORGET.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void forget() {
        try {
            shift.forget();
        } catch (SQLException | RuntimeException failed) {
            LOG.warn("the history of jobs is pruned later", failed);
        }
    }

    private void takeOver() {
        try {
            shift.takeOver();
        } catch (SQLException | RuntimeException failed) {
            LOG.warn("what parents that are gone held is looked at again later", failed);
        }
    }

    /// Takes no jobs from the queue while even the smallest would be refused.
    private void guard() {
        boolean now;
        try {
            now = admission.isOpen(settings.kinds());
        } catch (RuntimeException unexpected) {
            LOG.error("the state of this machine cannot be read; no jobs are taken", unexpected);
            now = false;
        }
        if (now && !open) {
            scheduler.resume();
            scheduler.triggerCheckForDueExecutions();
        } else if (!now && open) {
            scheduler.pause();
        }
        open = now;
    }

    /// Ends the child of a job whose lease could not be kept, because another parent may take the job now.
    private static final class LeaseWatch extends AbstractSchedulerListener {
        private final Slots slots;

        LeaseWatch(Slots slots) {
            this.slots = slots;
        }

        @Override
        public void onExecutionFailedHeartbeat(CurrentlyExecuting executing) {
            if (executing.getHeartbeatState().hasStaleHeartbeat()) {
                slots.abandon(executing.getTaskInstance().getTaskName(), executing.getTaskInstance().getId());
            }
        }
    }

    public void listen(AttemptListener listener) {
        shift.listen(listener);
    }

    /// What all children take now, with all they started.
    public Memory memory() {
        return slots.total();
    }

    /// The most that all children were seen to take at once.
    public Memory highestMemory() {
        return slots.highest();
    }

    /// What they may take together.
    public Memory budget() {
        return slots.budget();
    }

    public int busy() {
        return slots.busy();
    }

    /// Children started until now.
    public long started() {
        return slots.started();
    }

    /// How often a job, or taking one at all, had to wait for this reason; looked at ten times a second.
    public long refusals(Refusal reason) {
        return admission.refusals(reason);
    }

    /// Jobs that ended here after another parent had taken them over; their end was not recorded.
    public long voided() {
        return shift.voided();
    }

    /// Takes no more jobs, waits for those that run, puts back what does not end in time, and ends the children.
    @Override
    public void close() {
        gate.shutdownNow();
        scheduler.stop();
        slots.close();
    }
}
