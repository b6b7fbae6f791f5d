package dev.plimsoll.runtime.semantic;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a stream of changes from its beginning, in a thread of its own, until closed.
final class StreamFollower implements EntryStore.Following {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFollower.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int AT_ONCE = 256;
    private static final String BEFORE_ALL = "0-0";

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final byte[] stream;
    private final Predicate<Map<byte[], byte[]>> isOwn;
    private final Consumer<Change> listener;
    private final Thread thread;
    private volatile boolean closed;
    private String last = BEFORE_ALL;
    /// What was told up to here is past. Own changes are news there: nothing is remembered of them.
    private String past;

    StreamFollower(StatefulRedisConnection<byte[], byte[]> connection, byte[] stream,
            Predicate<Map<byte[], byte[]>> isOwn, Consumer<Change> listener) {
        this.connection = connection;
        this.stream = stream;
        this.isOwn = isOwn;
        this.listener = listener;
        past = newest();
        thread = Thread.ofVirtual().name("semantic-changes").start(this::run);
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                read();
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.warn("cannot read the changes of others, and try again: {}", e.toString());
                    pause();
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // An array of one generic offset, which Lettuce only reads.
    private void read() {
        var messages = connection.sync().xread(XReadArgs.Builder.block(WAIT).count(AT_ONCE), StreamOffset.from(stream,
                last));
        if (messages.isEmpty() || isTrimmedBeyond()) {
            return;
        }
        for (var message : messages) {
            pass(message);
            last = message.getId();
        }
    }

    private void pass(StreamMessage<byte[], byte[]> message) {
        var isPast = !isAfter(message.getId(), past);
        if (isPast || !isOwn.test(message.getBody())) {
            RedisEntryStore.field(message.getBody(), RedisEntryStore.CHANGE).flatMap(bytes -> Bytes.change(bytes)
                    .stream()).forEach(change -> tell(isPast ? new Change.Past(change) : change));
        }
    }

    /// While Redis is away a change waits. One that fails otherwise would fail again.
    private void tell(Change change) {
        try {
            listener.accept(change);
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException unexpected) {
            LOG.error("a change of another process is passed over", unexpected);
        }
    }

    /// When the stream begins after what was read last, changes may be missing: then all is forgotten and read anew.
    private boolean isTrimmedBeyond() {
        if (last.equals(BEFORE_ALL)) {
            return false;
        }
        var first = connection.sync().xrange(stream, Range.create("-", "+"), Limit.from(1));
        if (first.stream().map(StreamMessage::getId).noneMatch(id -> isAfter(id, last))) {
            return false;
        }
        past = newest();
        listener.accept(new Change.Lost());
        last = BEFORE_ALL;
        return true;
    }

    private String newest() {
        return connection.sync().xrevrange(stream, Range.create("-", "+"), Limit.from(1)).stream().map(
                StreamMessage::getId).findFirst().orElse(BEFORE_ALL);
    }

    /// Identifiers are two numbers, of time and of order.
    private static boolean isAfter(String one, String other) {
        var left = parts(one);
        var right = parts(other);
        return left.get(0) > right.get(0) || left.get(0).equals(right.get(0)) && left.get(1) > right.get(1);
    }

    private static List<Long> parts(String id) {
        var dash = id.indexOf('-');
        return List.of(Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1)));
    }

    private void pause() {
        try {
            Thread.sleep(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
