package dev.plimsoll.spring;

import static dev.plimsoll.spring.PropertyException.require;

import dev.plimsoll.runtime.redis.RedisOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The Redis or Valkey that the processes of the service share.
///
/// @param uri Where it is, such as redis://:password@redis:6379. Without it there is no cache.
/// @param namespace First word of all keys, 1 to 100 letters, digits, '.', '_' or '-'. Processes with the same one share
/// their values and tags.
/// @param patience How long a reader waits for an answer before it goes on without, 1 ms or more.
/// @param lease How long a process may return what it keeps itself without hearing from Redis, 100 ms or more. An
/// invalidation waits as long for a process that hangs.
@ConfigurationProperties(prefix = "plimsoll.redis", ignoreUnknownFields = false)
public record RedisProperties(@Nullable String uri, @DefaultValue("plimsoll") String namespace,
        @DefaultValue("250ms") Duration patience, @DefaultValue("1s") Duration lease) {
    public RedisProperties {
        require(uri == null || uri.matches("(redis|rediss|redis-socket|redis-sentinel)://.+"), "plimsoll.redis.uri",
                withoutPassword(String.valueOf(uri)),
                "write redis://HOST:PORT, with a password redis://:PASSWORD@HOST:PORT");
        require(namespace.matches("[A-Za-z0-9._-]{1,100}"), "plimsoll.redis.namespace", namespace,
                "write 1 to 100 letters, digits, `.`, `_` or `-`");
        require(patience.toMillis() >= 1, "plimsoll.redis.patience", patience, "write 1ms or more, such as 250ms");
        require(lease.toMillis() >= 100, "plimsoll.redis.lease", lease, "write 100ms or more, such as 1s");
    }

    RedisOptions options() {
        return new RedisOptions(namespace, patience, lease);
    }

    private static String withoutPassword(String uri) {
        return uri.replaceFirst(".*@", "***@");
    }

    /// Without the password.
    @Override
    public String toString() {
        return withoutPassword(String.valueOf(uri)) + " " + namespace;
    }
}
