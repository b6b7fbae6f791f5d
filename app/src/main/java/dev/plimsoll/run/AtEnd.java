package dev.plimsoll.run;

/// Does something once at the end of a piece of work, also when the program is interrupted in it: takes down what was
/// started, unless that is [skipped][#skip], or reports what was seen.
public final class AtEnd implements AutoCloseable {
    private final Runnable work;
    private final Thread hook;
    private boolean done;
    private volatile boolean interrupted;

    public AtEnd(Runnable work) {
        this(() -> {
        }, work);
    }

    /// @param interrupt ends what this program is doing right now, before anything is done
    public AtEnd(Runnable interrupt, Runnable work) {
        this.work = work;
        this.hook = new Thread(() -> {
            interrupted = true;
            interrupt.run();
            once();
        }, "at end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Whether the program is ending, so that nothing new should be begun.
    public boolean isInterrupted() {
        return interrupted;
    }

    /// It need not be done any more.
    public synchronized void skip() {
        done = true;
    }

    /// At most once; a second caller waits for the first one.
    private synchronized void once() {
        if (!done) {
            done = true;
            work.run();
        }
    }

    @Override
    public void close() {
        once();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already and finds nothing left to do.
        }
    }
}
