package dev.plimsoll.sample.store;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.pool.QueryMeters;
import dev.plimsoll.runtime.telemetry.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// SQL over the pool, each statement named and timed. A connection is held for one statement or one transaction.
public final class Database {
    private final Pool pool;
    private final QueryMeters meters;
    private final Traces traces;

    public Database(Pool pool, MeterRegistry metrics, Traces traces) {
        this.pool = pool;
        meters = new QueryMeters(metrics);
        this.traces = traces;
    }

    /// One row of a result.
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Work in one transaction.
    @FunctionalInterface
    public interface Work<T> {
        T run(Session session) throws SQLException;
    }

    public <T> List<T> query(String name, String sql, Row<T> row, Object... values) {
        return in(name, session -> session.query(sql, row, values));
    }

    public <T> Optional<T> first(String name, String sql, Row<T> row, Object... values) {
        return query(name, sql, row, values).stream().findFirst();
    }

    /// @return rows changed
    public int update(String name, String sql, Object... values) {
        return in(name, session -> session.update(sql, values));
    }

    public <T> T transaction(String name, Work<T> work) {
        return in(name, session -> {
            session.connection.setAutoCommit(false);
            try {
                var result = work.run(session);
                session.connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                session.connection.rollback();
                throw failure;
            } finally {
                session.connection.setAutoCommit(true);
            }
        });
    }

    private <T> T in(String name, Work<T> work) {
        try {
            return traces.query(name, span -> {
                try (var connection = pool.connection()) {
                    var session = new Session(connection);
                    return meters.timed(name, () -> work.run(session));
                }
            });
        } catch (SQLException failure) {
            throw new DatabaseException(name, failure);
        }
    }

    /// Statements of one connection.
    public static final class Session {
        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        public <T> List<T> query(String sql, Row<T> row, Object... values) throws SQLException {
            try (var statement = prepared(sql, values); var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        }

        public int update(String sql, Object... values) throws SQLException {
            try (var statement = prepared(sql, values)) {
                return statement.executeUpdate();
            }
        }

        /// Runs a statement for each row, in one round trip.
        public void batch(String sql, List<Object[]> rows) throws SQLException {
            try (var statement = connection.prepareStatement(sql)) {
                for (var values : rows) {
                    bind(statement, values);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        private PreparedStatement prepared(String sql, Object... values) throws SQLException {
            var statement = connection.prepareStatement(sql);
            try {
                bind(statement, values);
                return statement;
            } catch (SQLException failure) {
                statement.close();
                throw failure;
            }
        }

        private void bind(PreparedStatement statement, Object... values) throws SQLException {
            for (var at = 0; at < values.length; at++) {
                switch (values[at]) {
                    case Long[] numbers -> statement.setArray(at + 1, connection.createArrayOf("bigint", numbers));
                    case byte[] bytes -> statement.setBytes(at + 1, bytes);
                    case java.time.Instant time -> statement.setObject(at + 1, time.atOffset(java.time.ZoneOffset.UTC));
                    default -> statement.setObject(at + 1, values[at]);
                }
            }
        }
    }
}
