package dev.plimsoll.load;

import java.time.Duration;

/// What an engine keeps to.
///
/// @param connections most connections at once
/// @param timeout from when a request was due until it is given up
/// @param trusting whether any certificate will do
public record Limits(int connections, Duration timeout, boolean trusting) {
    /// Requests that wait for a connection; the next one fails. About 100 MB of them would fit beside the stack.
    static final int MOST_WAITING = 200_000;

    long timeoutNanos() {
        return timeout.toNanos();
    }

    Limits withConnections(int count) {
        return new Limits(count, timeout, trusting);
    }
}
