package dev.plimsoll.bench.room;

import dev.plimsoll.runtime.pool.DatabaseUrl;
import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.pool.PoolSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// One hundred clients at once against pools of 5, of 10, and of 10 to 30. First Reading Room as it is, which holds a
/// connection for one statement; then work that keeps its connection for as long as a model thinks, as a session for
/// each request does.
///
///     DATABASE_URL=postgres://... java -cp 'bench/target/classes:bench/target/lib/*' \
///         dev.plimsoll.bench.room.PoolSizes sample/target/reading-room.jar [seconds]
///
/// The database should hold documents, from `reading-room.jar seed --documents 200`.
public final class PoolSizes {
    private static final int CLIENTS = 100;
    private static final List<int[]> SIZES = List.of(new int[]{5, 5}, new int[]{10, 10}, new int[]{10, 30});
    /// A client's patience, above the 5 s that the pool lets it wait.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PORT = 18_080;
    private static final String TOKEN = "pool-sizes-benchmark-token";

    private final DatabaseUrl url;
    private final Duration time;

    private PoolSizes(DatabaseUrl url, Duration time) {
        this.url = url;
        this.time = time;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        var url = DatabaseUrl.parse(Optional.ofNullable(System.getenv("DATABASE_URL")).orElse(""));
        var bench = new PoolSizes(url, Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20));
        System.out.println("| what | pool | requests/s | failed | p50 ms | p95 ms | p99 ms | RSS MB |\n"
                + "|---|---|---|---|---|---|---|---|");
        for (var size : SIZES) {
            bench.service(arguments[0], size[0], size[1]);
        }
        for (var hold : List.of(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(1000))) {
            for (var size : SIZES) {
                bench.held(hold, size[0], size[1]);
            }
        }
    }

    private void service(String jar, int least, int most) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx96m", "-XX:+UseSerialGC",
                "-jar", jar).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(
                        ProcessBuilder.Redirect.INHERIT);
        var environment = builder.environment();
        environment.put("PORT", String.valueOf(PORT));
        environment.put("HOST", "127.0.0.1");
        environment.put("API_TOKEN", TOKEN);
        environment.put("RATE_LIMIT", "0");
        environment.put("SEED_DOCUMENTS", "100");
        environment.put("DB_POOL_MIN", String.valueOf(least));
        environment.put("DB_POOL_MAX", String.valueOf(most));
        var process = builder.start();
        try (var asker = new Asker("http://127.0.0.1:" + PORT, TOKEN, PATIENCE)) {
            asker.awaitReady(process);
            var result = Load.run(CLIENTS, time, number -> asker.ask("Where was the ship of mate number " + number
                    + " built and what did she carry?"));
            print("Reading Room", least, most, result, resident(process));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void held(Duration hold, int least, int most) throws SQLException, InterruptedException {
        try (var pool = Pool.open(url, PoolSettings.PLAN.sized(least, most), Optional.empty())) {
            IntFunction<Boolean> request = number -> {
                try (var connection = pool.connection(); var statement = connection.createStatement()) {
                    statement.execute("SELECT 1");
                    Thread.sleep(hold);
                    return true;
                } catch (SQLTransientConnectionException late) {
                    return false;
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            };
            print("held for " + hold.toMillis() + " ms", least, most, Load.run(CLIENTS, time, request), Optional
                    .empty());
        }
    }

    private static void print(String what, int least, int most, Load.Result result, Optional<Long> megabytes) {
        var size = new ArrayList<String>(List.of(String.valueOf(least)));
        if (most > least) {
            size.add(String.valueOf(most));
        }
        System.out.printf("| %s | %s | %.0f | %.1f %% | %.0f | %.0f | %.0f | %s |%n", what, String.join(" to ", size),
                result.perSecond(), result.failedPercent(), result.millis(50), result.millis(95), result.millis(99),
                megabytes.map(String::valueOf).orElse(""));
    }

    /// MB, from `VmHWM` of proc(5): the most the process ever had.
    private static Optional<Long> resident(Process process) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:")).map(line -> Long.parseLong(line.replaceAll("\\D",
                    "")) / 1024).findFirst();
        }
    }
}
