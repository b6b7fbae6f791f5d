package dev.plimsoll.run;

/// Takes down what was started unless it is kept: on failure, and when the program is interrupted.
public final class Undo implements AutoCloseable {
    private final Runnable takeDown;
    private final Thread hook;
    private boolean done;

    /// @param interrupt ends what this program is doing right now, before anything is taken down
    public Undo(Runnable interrupt, Runnable takeDown) {
        this.takeDown = takeDown;
        this.hook = new Thread(() -> {
            interrupt.run();
            undo();
        }, "take down");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// The stack is up: leave it.
    public synchronized void keep() {
        done = true;
    }

    /// At most once; a second caller waits for the first one.
    private synchronized void undo() {
        if (!done) {
            done = true;
            takeDown.run();
        }
    }

    @Override
    public void close() {
        undo();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already and finds nothing left to do.
        }
    }
}
