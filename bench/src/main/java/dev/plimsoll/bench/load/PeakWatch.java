package dev.plimsoll.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Looks at a cgroup every 100 ms and remembers when it held most.
final class PeakWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Cgroup group;
    private final CountDownLatch end = new CountDownLatch(1);
    private final FutureTask<Held> peak = new FutureTask<>(this::look);

    private PeakWatch(Cgroup group) {
        this.group = group;
    }

    static PeakWatch on(Cgroup group) {
        var watch = new PeakWatch(group);
        var thread = new Thread(watch.peak, "peak");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private Held look() throws IOException, InterruptedException {
        var largest = Held.NOTHING;
        do {
            largest = largest.larger(group.held());
        } while (!end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        return largest;
    }

    /// Ends the watch.
    ///
    /// @return what it held when it held most
    Held peak() throws InterruptedException {
        end.countDown();
        try {
            return peak.get();
        } catch (ExecutionException unreadable) {
            throw new IllegalStateException("the memory of " + group.path() + " could not be read", unreadable);
        }
    }

    @Override
    public void close() {
        end.countDown();
    }
}
