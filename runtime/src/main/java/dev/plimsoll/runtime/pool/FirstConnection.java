package dev.plimsoll.runtime.pool;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// What one connection shows before the pool opens.
///
/// @param prepares whether statements may be prepared on the server
/// @param reading how long the driver waits for an answer, zero for ever
record FirstConnection(boolean prepares, Duration reading) {
    /// Without a bound a host that vanishes takes all connections along. Few services have statements that run longer.
    private static final Duration USUAL = Duration.ofMinutes(1);
    /// For the server's own error to arrive.
    private static final Duration LATE = Duration.ofSeconds(5);

    static FirstConnection of(DatabaseUrl url, PoolSettings settings) throws SQLException {
        try (var connection = DriverManager.getConnection(url.jdbcUrl(), properties(url, settings))) {
            return new FirstConnection(prepares(connection, settings), reading(connection, settings));
        }
    }

    private static Properties properties(DatabaseUrl url, PoolSettings settings) {
        var properties = new Properties();
        url.user().ifPresent(user -> properties.setProperty("user", user));
        url.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("socketTimeout", seconds(settings.reading().orElse(USUAL)));
        return properties;
    }

    private static boolean prepares(Connection connection, PoolSettings settings) throws SQLException {
        return switch (settings.statements()) {
            case SERVER -> true;
            case UNNAMED -> false;
            case DETECT -> !Between.poolerIn(connection);
        };
    }

    private static Duration reading(Connection connection, PoolSettings settings) throws SQLException {
        if (settings.reading().isPresent()) {
            return settings.reading().get();
        }
        var longest = statementTimeout(connection).plus(LATE);
        return longest.compareTo(USUAL) > 0 ? longest : USUAL;
    }

    /// Of the server, the database, the user or the URL; zero when there is none.
    private static Duration statementTimeout(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT setting::bigint FROM pg_settings WHERE name = 'statement_timeout'")) {
            return row.next() ? Duration.ofMillis(row.getLong(1)) : Duration.ZERO;
        }
    }

    /// As the driver wants it, a part of a second as a whole one: 0 would be for ever.
    static String seconds(Duration time) {
        return String.valueOf(time.plusMillis(999).toSeconds());
    }
}
