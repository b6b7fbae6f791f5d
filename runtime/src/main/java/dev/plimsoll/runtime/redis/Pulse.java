package dev.plimsoll.runtime.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/// Tells a server that is slow from one whose answers never come. When a host or the way to it vanishes, the kernel
/// keeps the connection open for a quarter of an hour. For one thread.
final class Pulse {
    private final Duration patience;
    private Optional<Ping> last = Optional.empty();

    private record Ping(StatefulRedisConnection<?, ?> connection, Future<?> answer, long sent) {}

    Pulse(Duration patience) {
        this.patience = patience;
    }

    /// Whether a ping on the connection has not been answered in time. Sends one unless one is under way, and waits
    /// for none.
    boolean isSilent(StatefulRedisConnection<?, ?> connection, long now) {
        var underWay = last.filter(ping -> ping.connection().equals(connection) && !ping.answer().isDone());
        last = underWay.or(() -> ping(connection, now));
        return underWay.filter(ping -> now - ping.sent() > patience.toNanos()).isPresent();
    }

    private static Optional<Ping> ping(StatefulRedisConnection<?, ?> connection, long now) {
        try {
            return Optional.of(new Ping(connection, connection.async().ping(), now));
        } catch (RedisException closing) {
            return Optional.empty();
        }
    }
}
