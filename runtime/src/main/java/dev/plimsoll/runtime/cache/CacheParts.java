package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.redis.RedisGenerations;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/// What a cache works with.
///
/// @param timer for renewing claims
/// @param background for loading what callers do not wait for
record CacheParts<K, V>(KeyTemplate<K> template, Codec<V> codec, CachePolicy policy, RedisGenerations generations,
        SharedValues shared, ScheduledExecutorService timer, Executor background, CacheListener listener,
        Counters counters) {}
