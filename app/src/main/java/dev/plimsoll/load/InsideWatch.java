package dev.plimsoll.load;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.observe.Probes;
import dev.plimsoll.probe.Observer;
import dev.plimsoll.run.StackRuntime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Looks inside the stack every few seconds while a load runs, on a thread of its own.
public final class InsideWatch implements Danger, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);
    /// For the last look; a look that takes longer is broken off and forgotten. Assumption.
    private static final long LAST_LOOK_MILLIS = 5000;
    private static final long STOP_MILLIS = 5000;

    private final Endpoint endpoint;
    private final Optional<StackRuntime> runtime;
    private final Optional<Lock> lock;
    private final InsideSeries found;
    private final MetricsPage metrics;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean brokenOff;
    private volatile Optional<String> danger = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    /// @param runtime the stack to look into; empty for a bare URL. It is closed with this.
    public InsideWatch(Endpoint endpoint, Optional<StackRuntime> runtime, Optional<Lock> lock, StopConditions stops) {
        this.endpoint = endpoint;
        this.runtime = runtime;
        this.lock = lock;
        found = new InsideSeries(stops, lock.map(Lock::services).orElse(List.of()));
        metrics = new MetricsPage(endpoint);
    }

    /// @param clock seconds on the run's time axis
    public void begin(Supplier<Double> clock) {
        thread = Optional.of(Thread.ofPlatform().name("plimsoll-inside").daemon().start(() -> {
            try {
                do {
                    look(clock);
                } while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
                look(clock);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private void look(Supplier<Double> clock) {
        runtime.ifPresent(stack -> lock.ifPresent(plan -> {
            var observer = new Observer(Probes.ofLoad(), InstantSource.system());
            var at = clock.get();
            var seen = observer.look(stack, plan);
            synchronized (found) {
                if (!brokenOff) {
                    found.add(at, seen);
                    danger = found.danger();
                }
            }
        }));
        var page = metrics.read();
        synchronized (found) {
            found.addPage(clock.get(), page);
        }
    }

    @Override
    public Optional<String> reason() {
        return danger;
    }

    /// Looks once more, for what happened since the last time, and gives everything.
    public Inside end() throws InterruptedException {
        over.countDown();
        if (thread.isPresent()) {
            thread.get().join(LAST_LOOK_MILLIS);
        }
        close();
        synchronized (found) {
            return found.inside(runtime.isPresent(), endpoint.base());
        }
    }

    @Override
    public void close() {
        synchronized (found) {
            // Answers that an interruption cuts off say nothing about the stack.
            brokenOff = true;
        }
        over.countDown();
        try {
            if (thread.isPresent()) {
                thread.get().interrupt();
                thread.get().join(STOP_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        thread = Optional.empty();
        runtime.ifPresent(StackRuntime::close);
    }
}
