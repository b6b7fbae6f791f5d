package dev.plimsoll.bench.room;

import dev.plimsoll.runtime.pool.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;

/// Reads the same page by key and by OFFSET, at several depths of a table of messages. Makes and drops a schema of its
/// own.
///
///     DATABASE_URL=postgres://... java -cp 'bench/target/classes:bench/target/lib/*' \
///         dev.plimsoll.bench.room.Pagination [rows] [samples]
public final class Pagination {
    private static final int PAGE = 20;
    private static final int[] DEPTHS = {0, 1_000, 50_000, 500_000, 999_980};

    private final Connection connection;
    private final int samples;

    private Pagination(Connection connection, int samples) {
        this.connection = connection;
        this.samples = samples;
    }

    public static void main(String[] arguments) throws SQLException {
        var rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        var url = DatabaseUrl.parse(Optional.ofNullable(System.getenv("DATABASE_URL")).orElse(""));
        var properties = new Properties();
        url.user().ifPresent(user -> properties.setProperty("user", user));
        url.password().ifPresent(password -> properties.setProperty("password", password));
        try (var connection = DriverManager.getConnection(url.jdbcUrl(), properties)) {
            new Pagination(connection, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 11).run(rows);
        }
    }

    private void run(int rows) throws SQLException {
        execute("DROP SCHEMA IF EXISTS pagination_bench CASCADE", "CREATE SCHEMA pagination_bench",
                "SET search_path = pagination_bench", "CREATE TABLE messages (id bigint PRIMARY KEY, created_at "
                        + "timestamptz NOT NULL, text text NOT NULL)",
                "INSERT INTO messages SELECT n, timestamptz '2026-01-01 00:00:00Z' + n * interval '1 second', repeat(md5(n::text)"
                        + ", 6) FROM generate_series(1, " + rows + ") n",
                "VACUUM ANALYZE messages");
        try {
            System.out.println("| index on (created_at, id) | rows skipped | OFFSET, median ms | by key, median ms | "
                    + "OFFSET / key |\n|---|---|---|---|---|");
            measure("no", rows);
            execute("CREATE INDEX ON messages (created_at, id)", "VACUUM ANALYZE messages");
            measure("yes", rows);
        } finally {
            execute("DROP SCHEMA pagination_bench CASCADE");
        }
    }

    private void measure(String index, int rows) throws SQLException {
        for (var depth : DEPTHS) {
            if (depth + PAGE <= rows) {
                var offset = byOffset(depth);
                var key = byKey(depth);
                System.out.printf("| %s | %,d | %.2f | %.2f | %.1f |%n", index, depth, offset, key, offset / key);
            }
        }
    }

    private double byOffset(int depth) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT id, created_at, text FROM messages ORDER BY created_at"
                + ", id LIMIT " + PAGE + " OFFSET ?")) {
            statement.setInt(1, depth);
            return median(statement, depth);
        }
    }

    private double byKey(int depth) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT id, created_at, text FROM messages WHERE (created_at, "
                + "id) > (?, ?) ORDER BY created_at, id LIMIT " + PAGE)) {
            statement.setObject(1, OffsetDateTime.parse("2026-01-01T00:00:00Z").plusSeconds(depth));
            statement.setLong(2, depth);
            return median(statement, depth);
        }
    }

    /// In milliseconds, after one run that fills the caches. The page must be the one that was meant.
    private double median(PreparedStatement statement, int depth) throws SQLException {
        var times = new double[samples];
        for (var sample = -1; sample < samples; sample++) {
            var began = System.nanoTime();
            try (var rows = statement.executeQuery()) {
                rows.next();
                if (rows.getLong(1) != depth + 1L) {
                    throw new IllegalStateException("row " + rows.getLong(1) + " begins the page after " + depth);
                }
            }
            if (sample >= 0) {
                times[sample] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(times);
        return times[samples / 2];
    }

    private void execute(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
