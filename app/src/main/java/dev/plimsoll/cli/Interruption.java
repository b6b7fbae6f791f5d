package dev.plimsoll.cli;

import dev.plimsoll.load.Danger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, or another request that the program end: a reason to end the load, for which the program stays until
/// what came of it is reported.
final class Interruption implements Danger, AutoCloseable {
    /// The load ends within a second, and the last look inside within ten. Assumption: who waits longer is lost.
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final CountDownLatch reported = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interrupted");
    private volatile boolean called;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        called = true;
        try {
            reported.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isCalled() {
        return called;
    }

    @Override
    public Optional<String> reason() {
        return called ? Optional.of("it was interrupted") : Optional.empty();
    }

    /// All is reported. Where the program ends this never returns, so that whoever called the command goes on with
    /// nothing.
    @Override
    public void close() {
        reported.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            new Semaphore(0).acquireUninterruptibly();
        }
    }
}
