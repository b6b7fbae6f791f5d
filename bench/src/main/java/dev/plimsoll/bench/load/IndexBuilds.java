package dev.plimsoll.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Builds the same index again and again while others load the server.
final class IndexBuilds {
    private static final String CREATE = "CREATE INDEX line_note ON line (note, purchase_id)";
    private static final String DROP = "DROP INDEX line_note";

    private final Server server;
    private final Instant end;
    private final FutureTask<List<Duration>> times = new FutureTask<>(this::build);

    private IndexBuilds(Server server, Instant end) {
        this.server = server;
        this.end = end;
    }

    /// Starts the first when the clients are warm, and no more when their time is over.
    static IndexBuilds on(Server server, Duration window) {
        var builds = new IndexBuilds(server, Instant.now().plus(Clients.WARM_UP).plus(window));
        new Thread(builds.times, "index builds").start();
        return builds;
    }

    private List<Duration> build() throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Clients.WARM_UP.toMillis());
        var finished = new ArrayList<Duration>();
        do {
            var start = System.nanoTime();
            if (server.psql(CREATE).run().code() == 0) {
                finished.add(Duration.ofNanos(System.nanoTime() - start));
                server.psql(DROP).succeed();
            } else {
                server.awaitReady(Duration.ofSeconds(5));
            }
        } while (Instant.now().isBefore(end));
        return finished;
    }

    /// The time of the build in the middle; empty when none came to its end.
    Optional<Duration> middle() throws InterruptedException {
        try {
            var sorted = times.get().stream().sorted().toList();
            return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the index builds broke off", broken);
        }
    }
}
