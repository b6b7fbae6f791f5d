package dev.plimsoll.runtime.redis;

import java.time.Duration;

/// How one process deals with Redis.
///
/// @param namespace first word of all keys; processes with the same one share their values and tags
/// @param patience how long a reader waits for an answer before it goes on without
/// @param lease how long a process may return what it keeps itself without hearing from Redis. It is also the longest
/// time for which an invalidation waits for a process that hangs
public record RedisOptions(String namespace, Duration patience, Duration lease) {
    /// Loopback and local networks answer in well under 1 ms; a quarter of a second is a server that hangs. The lease
    /// outlasts the pauses of a small heap's collector.
    public static final RedisOptions DEFAULT = new RedisOptions("plimsoll", Duration.ofMillis(250),
            Duration.ofSeconds(1));

    public RedisOptions {
        if (!namespace.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("a namespace has 1 to 100 letters, digits, `.`, `_` or `-`, not `"
                    + namespace + "`");
        }
        if (patience.toMillis() < 1) {
            throw new IllegalArgumentException("patience is at least 1 ms, not " + patience);
        }
        if (lease.toMillis() < 100) {
            throw new IllegalArgumentException("the lease is at least 100 ms, not " + lease);
        }
    }

    public RedisOptions namespace(String other) {
        return new RedisOptions(other, patience, lease);
    }

    public RedisOptions patience(Duration other) {
        return new RedisOptions(namespace, other, lease);
    }

    public RedisOptions lease(Duration other) {
        return new RedisOptions(namespace, patience, other);
    }
}
