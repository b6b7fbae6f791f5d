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
import java.util.Map;
import java.util.Optional;
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

    private final RedisLink link;
    private final String stream;
    private final Newest newest;
    private final Predicate<Map<String, byte[]>> isOwn;
    private final EntryStore.Listener listener;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private Position last = Position.UNKNOWN;
    /// What was told up to here is past; empty until there was a connection.
    private Optional<Position> past = Optional.empty();
    /// Whether what was known has been forgotten, so that own changes of the past are news too.
    private boolean forgotten;
    private boolean complained;

    StreamFollower(RedisLink link, String stream, Newest newest, Predicate<Map<String, byte[]>> isOwn,
            EntryStore.Listener listener) {
        this.link = link;
        this.stream = stream;
        this.newest = newest;
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
            var end = end(made.sync(), RedisLink.run(made));
            newest.begin(end);
            if (past.isEmpty()) {
                past = Optional.of(end);
                last = Position.start(end.run());
            } else if (!last.isOfRunOf(end) || last.isAfter(end)) {
                // Restarted, perhaps from an older state; or another stream, with identifiers of another clock.
                startAnew(end);
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
        var messages = redis.xread(XReadArgs.Builder.block(WAIT).count(AT_ONCE), StreamOffset.from(stream, last
                .id()));
        if (!messages.isEmpty() && !isTrimmedBeyond(redis)) {
            for (var message : messages) {
                var at = Position.of(last.run(), message.getId());
                newest.learn(at);
                pass(message, at);
                last = at;
            }
        }
        complained = false;
    }

    private void pass(StreamMessage<String, byte[]> message, Position at) {
        var isPast = past.filter(end -> !at.isAfter(end)).isPresent();
        if ((isPast && forgotten) || !isOwn.test(message.getBody())) {
            Optional.ofNullable(message.getBody().get(RedisEntryStore.CHANGE)).flatMap(Bytes::change).ifPresent(
                    change -> tell(isPast ? new Change.Past(change) : change, at));
        }
    }

    /// While Redis is away a change waits. One that fails otherwise would fail again.
    private void tell(Change change, Position at) {
        try {
            listener.hear(change, at);
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException unexpected) {
            LOG.error("a change of another process is passed over", unexpected);
        }
    }

    /// When the stream begins after what was read last, changes may be missing: then all is forgotten and read anew.
    private boolean isTrimmedBeyond(RedisCommands<String, byte[]> redis) {
        if (last.equals(Position.start(last.run()))) {
            return false;
        }
        var first = redis.xrange(stream, Range.create("-", "+"), Limit.from(1));
        if (first.stream().noneMatch(message -> Position.of(last.run(), message.getId()).isAfter(last))) {
            return false;
        }
        startAnew(end(redis, last.run()));
        return true;
    }

    private void startAnew(Position end) {
        past = Optional.of(end);
        forgotten = true;
        last = Position.start(end.run());
        listener.hear(new Change.Lost(), end);
    }

    /// Of the stream, as it is now.
    private Position end(RedisCommands<String, byte[]> redis, String run) {
        return redis.xrevrange(stream, Range.create("-", "+"), Limit.from(1)).stream().findFirst().map(
                message -> Position.of(run, message.getId())).orElse(Position.start(run));
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
