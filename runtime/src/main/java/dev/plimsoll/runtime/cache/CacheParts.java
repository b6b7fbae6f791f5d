package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.HeldGenerations;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/// What a cache works with.
///
/// @param shared empty where values stay in the process
/// @param timer for renewing claims
/// @param background for loading what callers do not wait for
record CacheParts<K, V>(KeyTemplate<K> template, Codec<V> codec, CachePolicy policy, HeldGenerations generations,
        Optional<SharedValues> shared, ScheduledExecutorService timer, Executor background, CacheListener listener,
        Counters counters) {}
