package dev.plimsoll.run.natively;

import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.State.PublishedPort;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// A Postgres on an address of the loopback interface.
///
/// @param environment of its container: user, password, database
record Postgres(PublishedPort at, Map<String, String> environment) {
    private static final String SECONDS = "20";
    /// For a statement that fills a database.
    private static final String LONG = "600";

    /// Rows on a line each, columns with `|` between, as psql prints them unaligned.
    Answer ask(String database, String statement) {
        try (var connection = connect(database)) {
            return answer(connection, statement);
        } catch (SQLException failed) {
            return refusal(failed);
        }
    }

    /// Runs a script in one session, so that what it sets holds to its end.
    ///
    /// @return what went wrong
    Optional<String> run(String database, InitScript script) {
        try (var connection = connect(database)) {
            return script.run(statements -> answer(connection, statements));
        } catch (SQLException failed) {
            return Optional.of(refusal(failed).why());
        }
    }

    /// Runs statements one by one until one fails.
    ///
    /// @return what went wrong
    Optional<String> run(String database, List<String> statements) {
        try (var connection = connect(database, LONG)) {
            for (var statement : statements) {
                try (var query = connection.createStatement()) {
                    query.setEscapeProcessing(false);
                    query.execute(statement);
                }
            }
            return Optional.empty();
        } catch (SQLException failed) {
            return Optional.of(refusal(failed).why());
        }
    }

    private Connection connect(String database) throws SQLException {
        return connect(database, SECONDS);
    }

    private Connection connect(String database, String longest) throws SQLException {
        var name = database.isEmpty() ? environment.getOrDefault("POSTGRES_DB", "postgres") : database;
        var login = new Properties();
        login.setProperty("user", environment.getOrDefault("POSTGRES_USER", "postgres"));
        login.setProperty("password", environment.getOrDefault("POSTGRES_PASSWORD", ""));
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", longest);
        login.setProperty("ApplicationName", "plimsoll");
        login.setProperty("PGDBNAME", name);
        login.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection("jdbc:postgresql://" + at.host() + ":" + at.published() + "/", login);
    }

    private static Answer answer(Connection connection, String statements) {
        try (var query = connection.createStatement()) {
            query.execute(statements);
            return new Answer.Text(text(query));
        } catch (SQLException failed) {
            return refusal(failed);
        }
    }

    private static Answer.None refusal(SQLException failed) {
        return new Answer.None(Optional.ofNullable(failed.getMessage()).orElse("no answer").lines().findFirst()
                .orElse("no answer"),
                Stream.iterate((Throwable) failed, Objects::nonNull, Throwable::getCause).limit(5)
                        .anyMatch(SocketTimeoutException.class::isInstance));
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
