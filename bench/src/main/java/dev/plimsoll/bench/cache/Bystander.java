package dev.plimsoll.bench.cache;

import io.lettuce.core.RedisClient;
import java.util.concurrent.TimeUnit;

/// Another client that asks for a key all the time, to see how long the server lets it wait.
final class Bystander implements AutoCloseable {
    private static final long INTERVAL = 1;

    private final Samples waits = new Samples();
    private final RedisClient client = RedisClient.create();
    private final Thread thread;
    private volatile boolean stopped;

    Bystander(Redis server) {
        var connection = server.connect(client);
        thread = Thread.ofPlatform().daemon().start(() -> {
            while (!stopped) {
                var begun = System.nanoTime();
                connection.sync().get("bystander");
                waits.add(System.nanoTime() - begun);
                try {
                    TimeUnit.MILLISECONDS.sleep(INTERVAL);
                } catch (InterruptedException _) {
                    return;
                }
            }
        });
    }

    /// In ms, with the 99th percentile.
    String longest() {
        return waits.millis(1) + " (p99 " + waits.millis(0.99) + ")";
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.shutdown();
    }
}
