package dev.plimsoll.runtime.pool;

import java.sql.SQLTransientConnectionException;
import java.util.List;

/// No connection came free in time. The message names who held them, the longest first.
public final class PoolDryException extends SQLTransientConnectionException {
    private static final long serialVersionUID = 1;

    private final transient List<Holder> holders;

    PoolDryException(String message, List<Holder> holders, Throwable cause) {
        super(message, "08001", cause);
        this.holders = List.copyOf(holders);
    }

    public List<Holder> holders() {
        return holders;
    }
}
