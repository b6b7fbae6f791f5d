package dev.plimsoll.run.natively;

import dev.plimsoll.observe.Question.Answer;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// A Postgres on a port of the loopback interface.
///
/// @param environment of its container: user, password, database
record Postgres(int port, Map<String, String> environment) {
    private static final String SECONDS = "20";

    /// Rows on a line each, columns with `|` between, as psql prints them unaligned.
    Answer ask(String database, String statement) {
        var name = database.isEmpty() ? environment.getOrDefault("POSTGRES_DB", "postgres") : database;
        var login = new Properties();
        login.setProperty("user", environment.getOrDefault("POSTGRES_USER", "postgres"));
        login.setProperty("password", environment.getOrDefault("POSTGRES_PASSWORD", ""));
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", SECONDS);
        login.setProperty("ApplicationName", "plimsoll");
        login.setProperty("PGDBNAME", name);
        login.setProperty("preferQueryMode", "simple");
        try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/", login);
                var query = connection.createStatement()) {
            query.execute(statement);
            return new Answer.Text(text(query));
        } catch (SQLException failed) {
            return new Answer.None(Optional.ofNullable(failed.getMessage()).orElse("no answer").lines().findFirst()
                    .orElse("no answer"));
        }
    }

    /// Of the first statement that gives rows.
    private static String text(Statement query) throws SQLException {
        while (true) {
            try (var rows = query.getResultSet()) {
                if (rows != null) {
                    return lines(rows);
                }
            }
            if (!query.getMoreResults() && query.getUpdateCount() < 0) {
                return "";
            }
        }
    }

    private static String lines(ResultSet rows) throws SQLException {
        var lines = new ArrayList<String>();
        while (rows.next()) {
            var cells = new ArrayList<String>();
            for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                cells.add(Optional.ofNullable(rows.getString(column)).orElse(""));
            }
            lines.add(String.join("|", cells));
        }
        return String.join("\n", lines);
    }
}
