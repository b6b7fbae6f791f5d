package dev.plimsoll.sample.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// A statement failed.
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean passing;
    private final boolean refusesData;

    DatabaseException(String name, SQLException cause) {
        super(name + ": " + cause.getMessage(), cause);
        var state = String.valueOf(cause.getSQLState());
        // Classes of SQLSTATE: connection failures, resources, operator intervention such as a restart.
        passing = cause instanceof SQLTransientConnectionException || state.startsWith("08") || state.startsWith("53")
                || state.startsWith("57P");
        refusesData = state.startsWith("22");
    }

    /// Whether the same may succeed soon.
    public boolean passing() {
        return passing;
    }

    /// Whether the values are to blame, such as a text that no column can hold.
    public boolean refusesData() {
        return refusesData;
    }
}
