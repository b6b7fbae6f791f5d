package dev.plimsoll.sample.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// A statement failed.
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean passing;

    DatabaseException(String name, SQLException cause) {
        super(name + ": " + cause.getMessage(), cause);
        var state = String.valueOf(cause.getSQLState());
        // Classes of SQLSTATE: connection failures, resources, operator intervention such as a restart.
        passing = cause instanceof SQLTransientConnectionException || state.startsWith("08") || state.startsWith("53")
                || state.startsWith("57P");
    }

    /// Whether the same may succeed soon.
    public boolean passing() {
        return passing;
    }
}
