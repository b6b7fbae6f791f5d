package dev.plimsoll.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Looks at a cgroup every 100 ms and remembers when it held most.
final class PeakWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Cgroup group;
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<Held> peak = new AtomicReference<>(Held.NOTHING);
    private final Thread thread;

    private PeakWatch(Cgroup group) {
        this.group = group;
        this.thread = new Thread(this::look, "peak");
    }

    static PeakWatch on(Cgroup group) {
        var watch = new PeakWatch(group);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void look() {
        try {
            do {
                peak.accumulateAndGet(group.held(), Held::larger);
            } while (!end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    Held peak() {
        return peak.get();
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
