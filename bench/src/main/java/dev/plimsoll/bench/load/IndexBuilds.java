package dev.plimsoll.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Builds the same index again and again while others load the server.
final class IndexBuilds {
    private static final String CREATE = "CREATE INDEX line_note ON line (note, purchase_id)";
    private static final String DROP = "DROP INDEX line_note";

    private final Server server;
    private final Instant end;
    private final List<Duration> times = new ArrayList<>();
    private final Thread thread = new Thread(this::build, "index builds");

    private IndexBuilds(Server server, Instant end) {
        this.server = server;
        this.end = end;
    }

    /// Starts the first when the clients are warm, and no more when their time is over.
    static IndexBuilds on(Server server, Duration window) {
        var builds = new IndexBuilds(server, Instant.now().plus(Clients.WARM_UP).plus(window));
        builds.thread.start();
        return builds;
    }

    private void build() {
        try {
            TimeUnit.MILLISECONDS.sleep(Clients.WARM_UP.toMillis());
            do {
                var start = System.nanoTime();
                if (server.psql(CREATE).run().code() == 0) {
                    times.add(Duration.ofNanos(System.nanoTime() - start));
                    server.psql(DROP).succeed();
                } else {
                    server.awaitReady(Duration.ofSeconds(5));
                }
            } while (Instant.now().isBefore(end));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// The time of the build in the middle; empty when none came to its end.
    Optional<Duration> middle() throws InterruptedException {
        thread.join();
        return times.isEmpty() ? Optional.empty() : Optional.of(times.stream().sorted().toList().get(times.size() / 2));
    }
}
