package dev.plimsoll.runtime.semantic;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entries in Redis, for all processes that use the same prefix: one key for each entry, which expires with it, and one
/// stream of changes. Its length is bounded; a process that falls behind farther starts anew.
public final class RedisEntryStore implements EntryStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEntryStore.class);
    /// Changes that the stream keeps, about 120 bytes each; a document's has its vector besides.
    private static final long KEPT = 100_000;
    /// Of the stream, about: with so many vectors it keeps fewer changes.
    private static final long MOST_BYTES = 32L << 20;
    /// Documents that this process tells of between two looks at the stream's memory.
    private static final int BETWEEN_LOOKS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    static final byte[] CHANGE = ascii("c");
    static final byte[] ORIGIN = ascii("o");

    private final RedisClient client;
    private final String prefix;
    private final InstantSource clock;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final AtomicLong documents = new AtomicLong();
    private final byte[] origin = ascii(Long.toHexString(ThreadLocalRandom.current().nextLong()));

    /// @param client of the caller's, who closes it afterwards
    /// @param prefix of all keys, such as `semantic:`
    public RedisEntryStore(RedisClient client, String prefix) {
        this(client, prefix, InstantSource.system());
    }

    RedisEntryStore(RedisClient client, String prefix, InstantSource clock) {
        this.client = client;
        this.prefix = prefix;
        this.clock = clock;
        connection = asked(() -> client.connect(ByteArrayCodec.INSTANCE));
    }

    @Override
    public List<Entry> find(Scope scope, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var values = await(commands -> commands.mget(keys(scope, ids)));
        return values.stream().filter(value -> value.hasValue()).flatMap(value -> Bytes.entry(value.getValue())
                .stream()).toList();
    }

    @Override
    public void put(Entry entry) {
        var left = Duration.between(clock.instant(), entry.expires()).toMillis();
        if (left > 0) {
            var kept = connection.async().set(key(entry.scope(), entry.id()), Bytes.of(entry),
                    SetArgs.Builder.px(left));
            tell(new Change.Stored(entry.scope(), entry.id()));
            await(commands -> kept);
        }
    }

    @Override
    public void remove(Scope scope, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            await(commands -> commands.del(keys(scope, ids)));
            ids.forEach(id -> tell(new Change.Removed(scope, id)));
        }
    }

    // Lettuce takes a map of byte arrays, which are compared by identity: the two fields are two objects.
    @Override
    @SuppressWarnings("ArrayAsKeyOfSetOrMap")
    public void tell(Change change) {
        var body = new LinkedHashMap<byte[], byte[]>();
        body.put(ORIGIN, origin);
        body.put(CHANGE, Bytes.of(change));
        await(commands -> commands.xadd(stream(), XAddArgs.Builder.maxlen(KEPT).approximateTrimming(), body));
        if (change instanceof Change.DocumentAdded && documents.incrementAndGet() % BETWEEN_LOOKS == 0) {
            trim();
        }
    }

    /// The document has been told whatever becomes of this, such as when the user may not ask for memory.
    private void trim() {
        try {
            var bytes = await(commands -> commands.memoryUsage(stream()));
            if (bytes > MOST_BYTES) {
                var length = await(commands -> commands.xlen(stream()));
                await(commands -> commands.xtrim(stream(), true, length * MOST_BYTES / bytes));
            }
        } catch (StoreException failed) {
            LOG.warn("the stream of changes may grow beyond {} bytes", MOST_BYTES, failed);
        }
    }

    @Override
    public Following follow(Consumer<Change> listener) {
        var own = asked(() -> client.connect(ByteArrayCodec.INSTANCE));
        try {
            return asked(() -> new StreamFollower(own, stream(), this::isOwn, listener));
        } catch (StoreException away) {
            own.close();
            throw away;
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private boolean isOwn(Map<byte[], byte[]> body) {
        return field(body, ORIGIN).anyMatch(value -> Arrays.equals(value, origin));
    }

    /// Fields by content: arrays are no keys of a map.
    static Stream<byte[]> field(Map<byte[], byte[]> body, byte[] name) {
        return body.entrySet().stream().filter(entry -> Arrays.equals(entry.getKey(), name)).map(Map.Entry::getValue);
    }

    private byte[] stream() {
        return ascii(prefix + "changes");
    }

    private byte[][] keys(Scope scope, Collection<Long> ids) {
        return ids.stream().map(id -> key(scope, id)).toArray(byte[][]::new);
    }

    private byte[] key(Scope scope, long id) {
        return ascii(prefix + scope.id() + ":" + Long.toHexString(id));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private <T> T await(Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        return asked(() -> LettuceFutures.awaitOrCancel(command.apply(connection.async()), PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (RedisException e) {
            throw new StoreException("Redis does not answer", e);
        }
    }
}
