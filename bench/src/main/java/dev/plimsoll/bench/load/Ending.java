package dev.plimsoll.bench.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// How a process that serves others is stopped.
final class Ending {
    private static final long PATIENCE_SECONDS = 60;

    private Ending() {}

    /// Sends it the signal with which it ends in order, and kills it when it does not.
    static void of(Process process, String signal) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
