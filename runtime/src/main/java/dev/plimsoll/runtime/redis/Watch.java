package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Tag;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/// One connection on which this process hears of invalidations, in order, and renews its lease. Because the answer to
/// the renewal comes on the same connection, every invalidation before it has been heard when the lease begins. A
/// connection that was lost is never used again: its successor is another member.
final class Watch implements AutoCloseable {
    /// Members have the end of their lease, by the server's clock in ms, as their score. Those who did not say good-bye
    /// are removed an hour later, so that a process that hangs is known as one.
    private static final String RENEW = """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 3600000)
            return 1
            """;

    private final String member;
    private final Names names;
    private final Duration lease;
    private final Listener listener;
    private final StatefulRedisPubSubConnection<String, String> connection;
    private final String run;

    /// What is heard, on the connection's own thread.
    interface Listener {
        /// Words of a message between members.
        void message(Watch watch, String[] words);

        /// A generation's key was changed, expired or evicted.
        void changed(String key);

        /// Redis was emptied.
        void flushed();

        void lost(Watch watch);

        /// @param since before the renewal was sent, in ns of the running clock
        void renewed(Watch watch, long since);
    }

    /// @param lease of this member
    Watch(RedisClient client, RedisURI uri, Names names, Duration lease, Listener listener) {
        this.names = names;
        this.lease = lease;
        member = Acknowledgements.member(lease);
        this.listener = listener;
        connection = client.connectPubSub(StringCodec.UTF8, uri);
        try {
            listen();
            run = RedisLink.run(connection.sync().info("server"));
        } catch (RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    private void listen() {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                listener.lost(Watch.this);
            }
        });
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String text) {
                listener.message(Watch.this, text.split(" "));
            }
        });
        connection.addListener(push -> {
            if (push.getType().equals("invalidate")) {
                invalidated(push.getContent(StringCodec.UTF8::decodeKey));
            }
        });
        connection.sync()
                .clientTracking(TrackingArgs.Builder.enabled().bcast().noloop().prefixes(names.generation("")));
        connection.sync().subscribe(names.everyone(), names.answers(member));
    }

    private void invalidated(List<Object> content) {
        if (content.size() > 1 && content.get(1) instanceof List<?> keys) {
            keys.forEach(key -> listener.changed(String.valueOf(key)));
        } else {
            listener.flushed();
        }
    }

    String member() {
        return member;
    }

    /// Of the server that it listens to.
    String run() {
        return run;
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    void renew() {
        var since = System.nanoTime();
        var unused = connection.async().eval(RENEW, ScriptOutputType.INTEGER, new String[]{names.members()}, member,
                String.valueOf(lease.toMillis())).thenRun(() -> listener.renewed(this, since));
    }

    /// Gives a tag its first number unless it has one. Done on this connection it is no change that is heard of.
    Future<?> beginFirst(Tag tag) {
        return connection.async().set(names.generation(tag.name()), String.valueOf(GenerationKeys.beginning()),
                GenerationKeys.first());
    }

    void acknowledge(String author, String invalidation) {
        send(names.answers(author), "ack " + invalidation + " " + member);
    }

    /// Tells those who wait for a former member that it keeps nothing any more.
    void left(String former) {
        var unused = connection.async().zrem(names.members(), former);
        send(names.everyone(), "left " + former);
    }

    /// Before closing on purpose; whoever closes keeps nothing any more.
    void leave() {
        left(member);
    }

    private void send(String channel, String message) {
        var unused = connection.async().publish(channel, message);
    }

    /// For the tests: the connection's number at the server.
    long id() {
        return connection.sync().clientId();
    }

    @Override
    public void close() {
        if (connection.isOpen()) {
            connection.close();
        }
    }
}
