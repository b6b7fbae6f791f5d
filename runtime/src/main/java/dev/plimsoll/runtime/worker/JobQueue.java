package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/// The queue in Postgres, as producers see it.
public final class JobQueue {
    private final DataSource source;

    public JobQueue(DataSource source) {
        this.source = source;
    }

    /// Creates the schema `plimsoll` with its tables and functions; what is there stays.
    public void install() throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            var committing = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                // Two at once would both see that something is missing.
                statement.execute("select pg_advisory_xact_lock(" + 0x706c696d736f6c6cL + ");\n" + schema());
                connection.commit();
            } catch (SQLException failed) {
                // Whoever gets the connection from its pool next begins anew.
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(committing);
            }
        }
    }

    /// What [#install] runs, for those who keep migrations of their own.
    public static String schema() {
        try (InputStream text = Objects.requireNonNull(JobQueue.class.getResourceAsStream("schema.sql"),
                "schema.sql is missing from the jar")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Queues a job under a new id, which it returns.
    public <T> String enqueue(JobKind<T> kind, T payload) throws SQLException {
        var id = UUID.randomUUID().toString();
        enqueue(kind, id, payload);
        return id;
    }

    /// Queues a job. Nothing happens when one of the kind with this id is queued already or in quarantine.
    public <T> void enqueue(JobKind<T> kind, String id, T payload) throws SQLException {
        try (var connection = source.getConnection()) {
            enqueue(connection, kind, id, payload, Instant.now(), 0);
            commit(connection);
        }
    }

    /// Queues a job in the caller's transaction: it exists once that commits.
    ///
    /// @param priority -32768 to 32767; higher goes first
    /// @throws IllegalArgumentException when the priority is out of its range
    public static <T> void enqueue(Connection connection, JobKind<T> kind, String id, T payload, Instant due,
            int priority) throws SQLException {
        if ((short) priority != priority) {
            throw new IllegalArgumentException("a priority lies between " + Short.MIN_VALUE + " and " + Short.MAX_VALUE
                    + ", and " + priority + " does not");
        }
        var json = kind.json().apply(payload);
        Json.check(json);
        try (var statement = connection.prepareStatement("select plimsoll.enqueue(?, ?::jsonb, ?, ?, ?)")) {
            statement.setString(1, kind.name());
            statement.setString(2, json);
            statement.setString(3, id);
            statement.setTimestamp(4, Timestamp.from(due));
            statement.setInt(5, priority);
            statement.execute();
        }
    }

    /// Jobs that wait or run.
    public long depth() throws SQLException {
        return count("select count(*) from plimsoll.jobs");
    }

    /// Jobs that were given up.
    public long quarantined() throws SQLException {
        return count("select count(*) from plimsoll.job_quarantine");
    }

    private long count(String query) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    /// Gives a job in quarantine new attempts.
    ///
    /// @return whether it was there
    public boolean release(String kind, String id) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement("select plimsoll.release(?, ?)")) {
            statement.setString(1, kind);
            statement.setString(2, id);
            try (var result = statement.executeQuery()) {
                var released = result.next() && result.getBoolean(1);
                commit(connection);
                return released;
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}
