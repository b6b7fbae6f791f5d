package dev.plimsoll.runtime.worker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Figures of workers and their queue for Micrometer.
public final class WorkerMeters implements MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMeters.class);

    private final Workers workers;
    private final JobQueue queue;

    public WorkerMeters(Workers workers, JobQueue queue) {
        this.workers = workers;
        this.queue = queue;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        workers.listen(attempt -> Timer.builder("plimsoll.jobs").description("Attempts at jobs").tags("kind", attempt
                .job().kind(), "outcome", attempt.outcome().code()).register(registry).record(attempt.took()));
        gauge(registry, "plimsoll.children.memory", "bytes", Workers::memory);
        gauge(registry, "plimsoll.children.budget", "bytes", Workers::budget);
        Gauge.builder("plimsoll.children.busy", workers, Workers::busy).register(registry);
        FunctionCounter.builder("plimsoll.children.started", workers, Workers::started).register(registry);
        FunctionCounter.builder("plimsoll.jobs.voided", workers, Workers::voided).register(registry);
        Arrays.stream(Refusal.values())
                .forEach(reason -> FunctionCounter.builder("plimsoll.admission.refusals", workers,
                        now -> now.refusals(reason)).tags("reason", reason.code()).register(registry));
        Gauge.builder("plimsoll.queue.depth", queue, WorkerMeters::depth).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String unit,
            Function<Workers, Memory> memory) {
        Gauge.builder(name, workers, now -> memory.apply(now).bytes()).baseUnit(unit).register(registry);
    }

    private static double depth(JobQueue queue) {
        try {
            return queue.depth();
        } catch (SQLException failed) {
            LOG.debug("the queue's depth is not known", failed);
            return Double.NaN;
        }
    }
}
