package dev.plimsoll.sample;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An answer that anyone may ask for and that costs something: it is got once for all who ask meanwhile, and stays good
/// for a second.
final class Recent<T> {
    private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SOON_MILLIS = 200;

    private final Callable<T> source;
    private final LongSupplier nanoTime;
    private @Nullable FutureTask<T> task;
    private volatile @Nullable T last;
    private volatile long endedAt;

    Recent(Callable<T> source) {
        this(source, System::nanoTime);
    }

    /// @param nanoTime as [System#nanoTime]
    Recent(Callable<T> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    T get() throws InterruptedException {
        try {
            return asked().get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    /// The same without a wait: the last answer where a new one takes long or fails.
    ///
    /// @param first what is given before there is any
    T soon(T first) {
        try {
            return asked().get(SOON_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException none) {
            // The last one stands.
        }
        return Optional.ofNullable(last).orElse(first);
    }

    private synchronized FutureTask<T> asked() {
        var present = task;
        if (present == null || present.isDone() && nanoTime.getAsLong() - endedAt > GOOD_NANOS) {
            present = new FutureTask<>(this::ask);
            task = present;
            var _ = Thread.startVirtualThread(present);
        }
        return present;
    }

    private T ask() throws Exception {
        try {
            var answer = source.call();
            last = answer;
            return answer;
        } finally {
            endedAt = nanoTime.getAsLong();
        }
    }
}
