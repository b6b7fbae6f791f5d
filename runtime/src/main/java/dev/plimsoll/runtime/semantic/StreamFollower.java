package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.UnreachableException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a stream of changes from its beginning, in a thread of its own with a connection of its own, until closed. A
/// connection that is lost is made anew, and the reading goes on where it was.
final class StreamFollower implements EntryStore.Following {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFollower.class);
    /// Below the second that an answer may take.
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_END = Duration.ofSeconds(2);
    private static final int AT_ONCE = 256;
    private static final String BEFORE_ALL = "0-0";

    private final RedisLink link;
    private final String stream;
    private final Predicate<Map<String, byte[]>> isOwn;
    private final Consumer<Change> listener;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private String last = BEFORE_ALL;
    /// What was told up to here is past; empty until there was a connection.
    private Optional<String> past = Optional.empty();
    /// Whether what was known has been forgotten, so that own changes of the past are news too.
    private boolean forgotten;
    private boolean complained;

    StreamFollower(RedisLink link, String stream, Predicate<Map<String, byte[]>> isOwn, Consumer<Change> listener) {
        this.link = link;
        this.stream = stream;
        this.isOwn = isOwn;
        this.listener = listener;
        // What this process tells from now on is not past, if that can be known at once.
        begin();
        thread = Thread.ofVirtual().name("semantic-changes").start(this::run);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            // Whoever closes the link afterwards takes no connection from it.
            if (!thread.equals(Thread.currentThread()) && !thread.join(LONGEST_END)) {
                LOG.warn("still busy with the changes of others after {} ms", LONGEST_END.toMillis());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            if (begin()) {
                follow();
            } else {
                pause();
            }
        }
        end();
    }

    /// Connects, and remembers where the past ends when that is not known yet.
    ///
    /// @return whether there is a connection
    private boolean begin() {
        if (connection != null) {
            return true;
        }
        try {
            var made = link.connectFurther();
            connection = made;
            var newest = newest(made.sync());
            if (isAfter(last, newest)) {
                // Of another stream, with identifiers of another clock.
                startAnew(newest);
            } else if (past.isEmpty()) {
                past = Optional.of(newest);
            }
            return true;
        } catch (UnreachableException | RuntimeException away) {
            complain(away);
            end();
            return false;
        }
    }

    private void follow() {
        try {
            while (!closed && connection != null) {
                read(connection.sync());
            }
        } catch (StoreException | RedisCommandExecutionException refused) {
            complain(refused);
            pause();
        } catch (RuntimeException lost) {
            if (!closed) {
                complain(lost);
                end();
                pause();
            }
        }
    }

    private void end() {
        if (connection != null && connection.isOpen()) {
            connection.close();
        }
        connection = null;
    }

    private void complain(Exception failure) {
        if (!complained && !closed) {
            LOG.warn("cannot read the changes of others, and try again: {}", failure.toString());
            complained = true;
        }
    }

    @SuppressWarnings("unchecked") // An array of one generic offset, which Lettuce only reads.
    private void read(RedisCommands<String, byte[]> redis) {
        var messages = redis.xread(XReadArgs.Builder.block(WAIT).count(AT_ONCE), StreamOffset.from(stream, last));
        if (!messages.isEmpty() && !isTrimmedBeyond(redis)) {
            for (var message : messages) {
                pass(message);
                last = message.getId();
            }
        }
        complained = false;
    }

    private void pass(StreamMessage<String, byte[]> message) {
        var isPast = past.filter(end -> !isAfter(message.getId(), end)).isPresent();
        if ((isPast && forgotten) || !isOwn.test(message.getBody())) {
            Optional.ofNullable(message.getBody().get(RedisEntryStore.CHANGE)).flatMap(Bytes::change).ifPresent(
                    change -> tell(isPast ? new Change.Past(change) : change));
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
    private boolean isTrimmedBeyond(RedisCommands<String, byte[]> redis) {
        if (last.equals(BEFORE_ALL)) {
            return false;
        }
        var first = redis.xrange(stream, Range.create("-", "+"), Limit.from(1));
        if (first.stream().map(StreamMessage::getId).noneMatch(id -> isAfter(id, last))) {
            return false;
        }
        startAnew(newest(redis));
        return true;
    }

    private void startAnew(String newest) {
        past = Optional.of(newest);
        forgotten = true;
        listener.accept(new Change.Lost());
        last = BEFORE_ALL;
    }

    private String newest(RedisCommands<String, byte[]> redis) {
        return redis.xrevrange(stream, Range.create("-", "+"), Limit.from(1)).stream().map(StreamMessage::getId)
                .findFirst().orElse(BEFORE_ALL);
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
