package dev.plimsoll.cli;

/// Does something once at the end of a piece of work, also when the program is interrupted in it.
final class Finish implements AutoCloseable {
    private final Runnable work;
    private final Thread hook;
    private boolean done;

    Finish(Runnable work) {
        this.work = work;
        this.hook = new Thread(this::once, "finish");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// A second caller waits for the first one.
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
            // The hook runs already, and finds nothing left to do.
        }
    }
}
