package dev.plimsoll.spring;

import static dev.plimsoll.spring.PropertyException.require;
import static dev.plimsoll.spring.PropertyException.requireAccepted;

import dev.plimsoll.runtime.redis.RedisAddress;
import dev.plimsoll.runtime.redis.RedisOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;

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
    /// Without it nobody connects, and an address cannot be read.
    private static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.RedisURI", RedisProperties.class
            .getClassLoader());

    public RedisProperties {
        uri = uri == null || uri.isBlank() ? null : uri;
        requireReadable(uri);
        require(namespace.matches("[A-Za-z0-9._-]{1,100}"), "plimsoll.redis.namespace", namespace,
                "write 1 to 100 letters, digits, `.`, `_` or `-`");
        require(patience.toMillis() >= 1, "plimsoll.redis.patience", patience, "write 1ms or more, such as 250ms");
        require(lease.toMillis() >= 100, "plimsoll.redis.lease", lease, "write 100ms or more, such as 1s");
    }

    RedisOptions options() {
        return new RedisOptions(namespace, patience, lease);
    }

    /// The value may hold a password, so it is not repeated.
    private static void requireReadable(@Nullable String uri) {
        requireAccepted(() -> uri == null || !LETTUCE || !RedisAddress.parse(uri).toString().isEmpty(),
                "plimsoll.redis.uri", "...",
                "write redis://HOST:PORT, with a password redis://:PASSWORD@HOST:PORT, with % codes for signs such as "
                        + "@ and ^ in it");
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Redis of " + namespace;
    }
}
