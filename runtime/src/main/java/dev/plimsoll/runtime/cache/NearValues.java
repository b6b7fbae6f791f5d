package dev.plimsoll.runtime.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The level in the process, bounded by bytes.
final class NearValues<K, V> {
    /// Of a value without its bytes and its key's text: the map's node, the key, the value's times and its generations.
    /// Measured with keys of two strings and one tag on a 64-bit JVM with compressed references.
    static final int OVERHEAD = 568;
    /// Of each further tag without its name. Measured with 12 tags.
    static final int FURTHER_TAG = 130;

    private final com.github.benmanes.caffeine.cache.Cache<K, Kept<V>> values;

    /// Work is done by callers rather than later, so that the bound holds at any time.
    NearValues(long bytes, Counters counters) {
        values = Caffeine.newBuilder().maximumWeight(bytes).weigher((K key, Kept<V> kept) -> kept.weight())
                .expireAfter(Expiry.writing((K key, Kept<V> kept) -> Duration.ofNanos(kept.remaining(System
                        .nanoTime()))))
                .evictionListener((key, kept, cause) -> {
                    if (cause == com.github.benmanes.caffeine.cache.RemovalCause.SIZE) {
                        counters.evictions.increment();
                    }
                }).executor(Runnable::run).build();
    }

    @Nullable
    Kept<V> get(K key) {
        return values.getIfPresent(key);
    }

    void put(K key, Kept<V> kept) {
        values.put(key, kept);
    }

    long bytes() {
        values.cleanUp();
        return values.policy().eviction().map(Policy.Eviction::weightedSize).map(size -> size.orElse(0)).orElse(0L);
    }

    long entries() {
        return values.estimatedSize();
    }
}
