package dev.plimsoll.runtime.pool;

import java.sql.Connection;
import java.sql.SQLException;

/// Tells whether a pooler stands between a client and PostgreSQL. A server sends its process id when a connection
/// opens; a pooler answers for many servers and must make one up, so that the process which then runs a statement is
/// another. This works through any pool mode and needs no rights; the pooler's own `SHOW VERSION` would need a
/// connection to its console.
final class Between {
    private Between() {}

    static boolean poolerIn(Connection connection) throws SQLException {
        var announced = announced(connection);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            return !row.next() || row.getInt(1) != announced;
        }
    }

    /// By reflection, so that the driver is no dependency of the library.
    private static int announced(Connection connection) throws SQLException {
        try {
            var driver = Class.forName("org.postgresql.PGConnection");
            return (Integer) driver.getMethod("getBackendPID").invoke(connection.unwrap(driver));
        } catch (ReflectiveOperationException missing) {
            throw new SQLException("only PostgreSQL's driver tells the process of a connection", missing);
        }
    }
}
