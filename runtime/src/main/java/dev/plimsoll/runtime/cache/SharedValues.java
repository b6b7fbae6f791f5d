package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.UnreachableException;
import dev.plimsoll.runtime.tag.Stamp;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// The level in Redis, and the claims by which one process at a time loads a key.
final class SharedValues {
    /// Larger ones hold up all other commands of a connection.
    private static final int LARGEST = 8 << 20;

    private static final String STORE = """
            redis.pcall('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            if redis.call('GET', KEYS[2]) == ARGV[3] then redis.call('DEL', KEYS[2]) end
            return 1
            """;
    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return 1
            """;
    private static final String RENEW = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return 1
            """;

    private final RedisLink link;

    SharedValues(RedisLink link) {
        this.link = link;
    }

    /// What is in Redis.
    ///
    /// @param livesMillis until it is gone
    record Found(Stored stored, long livesMillis) {}

    /// The right to load.
    record Claim(String key, String token) {}

    Optional<Found> read(String key) throws UnreachableException {
        var name = link.key("v", key);
        // The time first: where a newer value comes in between, that does not lend its time to an older one.
        return link.ask(redis -> redis.pttl(name).toCompletableFuture().thenCombine(redis.mget(name)
                .toCompletableFuture(), (lives, values) -> found(values.get(0), lives)));
    }

    private static Optional<Found> found(KeyValue<String, byte[]> value, long lives) {
        return value.hasValue() && lives > 0
                ? Stored.of(value.getValue()).map(stored -> new Found(stored, lives))
                : Optional.empty();
    }

    /// Empty if somebody else loads the key for the same generations.
    Optional<Claim> claim(String key, Stamp stamp, Duration lease) throws UnreachableException {
        var claim = new Claim(link.key("l", key + ":" + Escape.digest(stamp.generations().toString()).substring(0,
                16)), UUID.randomUUID().toString());
        var won = link.ask(redis -> redis.set(claim.key(), text(claim.token()), SetArgs.Builder.nx().px(lease))
                .toCompletableFuture().thenApply(Optional::ofNullable));
        return won.map(ok -> claim);
    }

    void renew(Claim claim, Duration lease) {
        link.tell(redis -> redis.eval(RENEW, ScriptOutputType.INTEGER, new String[]{claim.key()}, text(claim.token()),
                text(Long.toString(lease.toMillis()))));
    }

    void release(Claim claim) {
        link.tell(
                redis -> redis.eval(RELEASE, ScriptOutputType.INTEGER, new String[]{claim.key()}, text(claim.token())));
    }

    /// Stores a value and gives the claim back, without waiting. When Redis is full or away the value is not stored.
    void store(String key, Stored stored, long livesMillis, Claim claim) {
        var bytes = stored.bytes();
        if (bytes.length > LARGEST) {
            release(claim);
            return;
        }
        link.tell(redis -> redis.eval(STORE, ScriptOutputType.INTEGER, new String[]{link.key("v", key), claim.key()},
                bytes, text(Long.toString(livesMillis)), text(claim.token())));
    }

    private static byte[] text(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
