package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts processes from one thread that lives as long as this JVM: the kernel sends a parent-death signal when the
/// thread that started the process ends, not when its process does.
final class Spawner {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "plimsoll-spawner");
        thread.setDaemon(true);
        return thread;
    });

    private Spawner() {}

    static Process start(ProcessBuilder builder) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return builder.start();
                } catch (IOException failed) {
                    throw new CompletionException(failed);
                }
            }, THREAD).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw failed;
        }
    }
}
