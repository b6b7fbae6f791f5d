package dev.plimsoll.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/// pgbench, sent at a server for a time. Clients whose server is gone come back when it is, as an application's do.
///
/// @param socket the directory of the server's or the pooler's socket
record Clients(Installation installation, Server server, Path socket, int count, List<String> load) {
    /// After the start, when caches are cold; not counted.
    static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final String REFUSED = "too many clients";
    private static final Duration WORTH_STARTING = Duration.ofMillis(800);

    /// How it went.
    ///
    /// @param refused whether the server has fewer connections than there are clients
    /// @param breaks how often all clients lost the server
    record Sent(Transactions transactions, boolean refused, int breaks) {}

    /// Sends for the warm-up and the window, and counts what was completed within the window.
    Sent send(Duration window) throws IOException, InterruptedException {
        var logs = Files.createTempDirectory(server.directory(), "logs");
        try {
            return send(window, logs);
        } finally {
            Command.of(server.directory(), "rm", "-rf", logs.toString()).succeed();
        }
    }

    private Sent send(Duration window, Path logs) throws IOException, InterruptedException {
        var start = Instant.now().plus(WARM_UP);
        var end = start.plus(window);
        var breaks = 0;
        for (var left = until(end); left.compareTo(WORTH_STARTING) > 0; left = until(end)) {
            var result = pgbench(logs, Math.ceilDiv(left.toMillis(), 1000)).run();
            if (result.out().contains(REFUSED)) {
                return new Sent(new Transactions(LongStream.empty(), window), true, breaks);
            }
            if (result.code() != 0) {
                breaks++;
                server.awaitReady(until(end));
            }
        }
        return new Sent(Transactions.in(logs, start, window), false, breaks);
    }

    private static Duration until(Instant end) {
        return Duration.between(Instant.now(), end);
    }

    private Command pgbench(Path logs, long seconds) {
        var prefix = logs.resolve(UUID.randomUUID().toString());
        return Command.of(logs, installation.program("pgbench"), "-n", "-h", socket.toString(), "-p",
                String.valueOf(Server.PORT), "-U", "postgres", "-c", String.valueOf(count), "-j", "2", "-T",
                String.valueOf(seconds), "-l", "--log-prefix=" + prefix).with(load.toArray(String[]::new))
                .with(Server.DATABASE);
    }
}
