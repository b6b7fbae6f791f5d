package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.redis.Command;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.UnreachableException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entries in Redis, for all processes with the same namespace: one key for each entry, which expires with it, and one
/// stream of changes. Its length is bounded; a process that falls behind farther starts anew. While Redis is away,
/// nothing is found and nothing is kept.
public final class RedisEntryStore implements EntryStore {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEntryStore.class);
    /// Changes that the stream keeps, about 120 bytes each; a document's has its vector besides.
    private static final long KEPT = 100_000;
    /// Of the stream, about: with so many vectors it keeps fewer changes.
    private static final long MOST_BYTES = 32L << 20;
    /// Of changes that this process tells between two looks at the stream's memory. It looks at the first one too, as a
    /// process may not live to tell so many.
    private static final long BETWEEN_LOOKS = 1L << 20;
    private static final String AWAY = "Redis does not answer";
    private static final String KIND = "semantic";
    static final String CHANGE = "c";
    static final String ORIGIN = "o";

    private final RedisLink link;
    private final InstantSource clock;
    private final Newest newest = new Newest();
    private final AtomicLong unseen = new AtomicLong(BETWEEN_LOOKS);
    private final byte[] origin = Long.toHexString(ThreadLocalRandom.current().nextLong()).getBytes(
            StandardCharsets.US_ASCII);

    private RedisEntryStore(RedisLink link, InstantSource clock) {
        this.link = link;
        this.clock = clock;
    }

    /// @param link of the caller's, who closes it afterwards
    public static RedisEntryStore over(RedisLink link) {
        return new RedisEntryStore(link, InstantSource.system());
    }

    @Override
    public List<Entry> find(Scope scope, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return ask(redis -> redis.mget(keys(scope, ids))).stream().filter(value -> value.hasValue()).flatMap(
                value -> Bytes.entry(value.getValue()).stream()).toList();
    }

    @Override
    public void put(Entry entry) {
        var left = Duration.between(clock.instant(), entry.expires()).toMillis();
        if (left <= 0) {
            throw new StoreException("the answer has expired by the clock of the store");
        }
        tell((redis, run) -> {
            if (!run.equals(entry.begun().run())) {
                throw new StoreException("the answer was begun before Redis was restarted");
            }
            // One after the other on the same connection, and one wait for both.
            var kept = redis.set(key(entry.scope(), entry.id()), Bytes.of(entry), SetArgs.Builder.px(left));
            return append(redis, new Change.Stored(entry.scope(), entry.id())).thenCombine(kept, (told, ok) -> told);
        });
    }

    @Override
    public void remove(Scope scope, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            tell((redis, run) -> {
                var gone = redis.del(keys(scope, ids));
                return append(redis, new Change.Removed(scope, List.copyOf(ids))).thenCombine(gone,
                        (told, count) -> told);
            });
        }
    }

    @Override
    public Position tell(Change change) {
        return tell((redis, run) -> append(redis, change));
    }

    @Override
    public Position position() {
        return newest.get();
    }

    /// @param command whose answer is the identifier of the change in the stream
    private Position tell(BiFunction<RedisAsyncCommands<String, byte[]>, String, CompletionStage<String>> command) {
        try {
            var at = link.askServer((redis, run) -> command.apply(redis, run).thenApply(id -> Position.of(run, id))
                    .toCompletableFuture());
            newest.learn(at);
            if (unseen.get() >= BETWEEN_LOOKS) {
                unseen.set(0);
                trim();
            }
            return at;
        } catch (UnreachableException away) {
            throw new StoreException(AWAY, away);
        }
    }

    private RedisFuture<String> append(RedisAsyncCommands<String, byte[]> redis, Change change) {
        var bytes = Bytes.of(change);
        unseen.addAndGet(bytes.length);
        return redis.xadd(stream(), XAddArgs.Builder.maxlen(KEPT).approximateTrimming(), Map.of(ORIGIN, origin, CHANGE,
                bytes));
    }

    /// The change has been told whatever becomes of this, such as when the user may not ask for memory.
    private void trim() {
        try {
            // None where the stream has gone meanwhile.
            var bytes = Optional.ofNullable(ask(redis -> redis.memoryUsage(stream()))).orElse(0L);
            if (bytes > MOST_BYTES) {
                var length = ask(redis -> redis.xlen(stream()));
                ask(redis -> redis.xtrim(stream(), true, length * MOST_BYTES / bytes));
            }
        } catch (StoreException failed) {
            LOG.warn("the stream of changes may grow beyond {} bytes", MOST_BYTES, failed);
        }
    }

    @Override
    public Following follow(Listener listener) {
        return new StreamFollower(link, stream(), newest, this::isOwn, listener);
    }

    private boolean isOwn(Map<String, byte[]> body) {
        return Arrays.equals(body.get(ORIGIN), origin);
    }

    private String stream() {
        return link.key(KIND, "changes");
    }

    private String[] keys(Scope scope, Collection<Long> ids) {
        return ids.stream().map(id -> key(scope, id)).toArray(String[]::new);
    }

    private String key(Scope scope, long id) {
        return link.key(KIND, scope.id() + ":" + Long.toHexString(id));
    }

    private <T> T ask(Command<T> command) {
        try {
            return link.ask(command);
        } catch (UnreachableException away) {
            throw new StoreException(AWAY, away);
        }
    }
}
