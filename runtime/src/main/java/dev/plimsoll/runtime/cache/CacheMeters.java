package dev.plimsoll.runtime.cache;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/// Counts of caches as Micrometer's meters, under the names that its own binders use where they have one. Hits and
/// misses cost nothing extra; only the slow ways are timed.
public final class CacheMeters implements CacheListener {
    private final MeterRegistry registry;

    public CacheMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Registers a cache.
    public void bind(Cache<?, ?> cache) {
        counter(cache, "cache.requests", CacheCounts::requests);
        gets(cache, "hit", "process", CacheCounts::nearHits);
        gets(cache, "hit", "redis", CacheCounts::sharedHits);
        gets(cache, "hit", "stale", CacheCounts::staleHits);
        gets(cache, "miss", "none", CacheCounts::misses);
        counter(cache, "cache.evictions", CacheCounts::evictions);
        Gauge.builder("cache.bytes", cache, it -> it.counts().bytes()).baseUnit("bytes").tag("cache", cache.name())
                .register(registry);
        Gauge.builder("cache.size", cache, it -> it.counts().entries()).tag("cache", cache.name()).register(registry);
    }

    @Override
    public void loaded(String cache, Duration took, boolean succeeded) {
        timer("cache.load.duration", cache).tag("outcome", succeeded ? "success" : "failure").register(registry)
                .record(took);
    }

    @Override
    public void waited(String cache, Duration took) {
        timer("cache.wait.duration", cache).register(registry).record(took);
    }

    private static Timer.Builder timer(String name, String cache) {
        return Timer.builder(name).tag("cache", cache).publishPercentileHistogram();
    }

    private void gets(Cache<?, ?> cache, String result, String level, ToDoubleFunction<CacheCounts> count) {
        FunctionCounter.builder("cache.gets", cache, it -> count.applyAsDouble(it.counts())).tag("cache", cache.name())
                .tag("result", result).tag("level", level).register(registry);
    }

    private void counter(Cache<?, ?> cache, String name, ToDoubleFunction<CacheCounts> count) {
        FunctionCounter.builder(name, cache, it -> count.applyAsDouble(it.counts())).tag("cache", cache.name())
                .register(registry);
    }
}
