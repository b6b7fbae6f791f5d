package dev.plimsoll.runtime.worker;

import com.github.kagkarlsson.scheduler.task.Execution;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to a job that was picked, until it is settled.
final class Shift {
    private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
    /// How long a picked job waits for memory of its kind's size before the slot goes to another.
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// When it is tried again then.
    static final Duration LATER = Duration.ofSeconds(5);

    private final WorkerSettings settings;
    private final Slots slots;
    private final Admission admission;
    private final Ledger ledger;
    private final List<AttemptListener> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder voided = new LongAdder();

    Shift(WorkerSettings settings, Slots slots, Admission admission, Ledger ledger) {
        this.settings = settings;
        this.slots = slots;
        this.admission = admission;
        this.ledger = ledger;
    }

    void listen(AttemptListener listener) {
        listeners.add(listener);
    }

    /// Runs a job to its end; empty when there was no memory for it.
    Optional<Attempt> work(Job job) throws InterruptedException {
        var picked = System.nanoTime();
        var place = admission.enter(job.kind(), PATIENCE);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try (var ticket = place.get()) {
            var started = System.nanoTime();
            var run = slots.run(job);
            var attempt = new Attempt(job, run.outcome(), run.peak(), Duration.ofNanos(started - picked), Duration
                    .ofNanos(System.nanoTime() - started), run.message());
            LOG.debug("{} with {}", attempt, ticket);
            admission.learn(attempt);
            return Optional.of(attempt);
        }
    }

    void settle(Lease lease, Attempt attempt) {
        var settled = switch (attempt.outcome()) {
            case DONE -> ledger.done(lease, attempt);
            case ABANDONED -> ledger.again(lease, attempt, false, Duration.ZERO);
            case FAILED, KILLED_MEMORY, KILLED_TIMEOUT, CRASHED -> attempt.job().attempt() >= settings.attempts()
                    ? ledger.quarantine(lease, attempt)
                    : ledger.again(lease, attempt, true, settings.retry());
        };
        switch (settled) {
            case HERE -> tell(attempt);
            case ELSEWHERE -> {
                voided.increment();
                LOG.warn("{} {} ended as {}, but another parent holds it now", lease.kind(), lease.job(), attempt
                        .outcome());
            }
            case UNKNOWN ->
                LOG.warn("{} {} ended as {}, and whether that was recorded is not known", lease.kind(), lease
                        .job(), attempt.outcome());
        }
    }

    /// The attempt is settled, whatever a listener does.
    private void tell(Attempt attempt) {
        for (var listener : listeners) {
            try {
                listener.ended(attempt);
            } catch (RuntimeException failed) {
                LOG.error("a listener failed at {} {}", attempt.job().kind(), attempt.job().id(), failed);
            }
        }
    }

    void putBack(Lease lease, Duration delay) {
        ledger.putBack(lease, delay);
    }

    /// Something outside the child went wrong.
    void broke(Execution execution, String message) {
        settle(Lease.of(execution), new Attempt(KindTask.job(execution, "null"), Outcome.FAILED, Memory.NONE,
                Duration.ZERO, Duration.ZERO, message));
    }

    void abandoned(Execution execution) {
        abandoned(Lease.of(execution), execution.consecutiveFailures);
    }

    /// A parent died while it held the job. That is not the job's fault, unless it keeps happening.
    void abandoned(Lease lease, int failures) {
        var attempt = new Attempt(new Job(lease.kind(), lease.job(), failures + 1, "null"), Outcome.ABANDONED,
                Memory.NONE, Duration.ZERO, Duration.ZERO, "its parent died");
        try {
            var settled = ledger.abandonments(lease) + 1 >= settings.abandonments()
                    ? ledger.quarantine(lease, attempt)
                    : ledger.again(lease, attempt, false, Duration.ZERO);
            if (settled == Ledger.Settled.HERE) {
                tell(attempt);
            }
        } catch (SQLException failed) {
            LOG.warn("an abandoned job is looked at again later", failed);
        }
    }

    /// Takes back what parents on this machine held that are gone, without waiting for their heartbeats to stay away.
    /// What this one holds of kinds that it does not know is put back: db-scheduler picks one of each before it learns
    /// to pass over the kind.
    void takeOver() throws SQLException {
        var held = ledger.held();
        held.stream().filter(each -> ledger.isOwn(each) && !isKnown(each)).forEach(each -> putBack(each.lease(),
                Duration.ZERO));
        var left = held.stream().filter(each -> isKnown(each) && Origin.parse(each.parent()).filter(Origin::isGone)
                .isPresent()).toList();
        if (!left.isEmpty()) {
            Orphans.killThoseOfTheDead();
            left.forEach(each -> abandoned(each.lease(), each.failures()));
        }
    }

    /// Removes what is older than the history that is kept.
    void forget() throws SQLException {
        ledger.forget(settings.kinds(), settings.history());
    }

    private boolean isKnown(Ledger.Held held) {
        return settings.kinds().contains(held.lease().kind());
    }

    /// Jobs that ended here after another parent had taken them over.
    long voided() {
        return voided.sum();
    }
}
