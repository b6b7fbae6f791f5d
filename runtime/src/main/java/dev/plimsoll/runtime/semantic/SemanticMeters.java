package dev.plimsoll.runtime.semantic;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Figures of a semantic cache for Micrometer.
public final class SemanticMeters implements MeterBinder {
    private final SemanticCache cache;
    private final String name;

    /// @param name tells the caches of a service apart
    public SemanticMeters(SemanticCache cache, String name) {
        this.cache = cache;
        this.name = name;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        lookups(registry, "exact", Counters::exactHits);
        lookups(registry, "near", Counters::nearHits);
        Arrays.stream(Lookup.Reason.values()).forEach(reason -> lookups(registry, reason.name().toLowerCase(
                Locale.ROOT), counters -> counters.misses(reason)));
        counter("plimsoll.semantic.stored", Counters::stored).register(registry);
        counter("plimsoll.semantic.stale", Counters::stale).register(registry);
        gauge("plimsoll.semantic.index", SemanticCache::indexBytes).baseUnit("bytes").register(registry);
        gauge("plimsoll.semantic.entries", SemanticCache::size).register(registry);
        gauge("plimsoll.semantic.thresholds", SemanticCache::calibrated).register(registry);
    }

    private void lookups(MeterRegistry registry, String outcome, ToDoubleFunction<Counters> count) {
        counter("plimsoll.semantic.lookups", count).tag("outcome", outcome).register(registry);
    }

    private FunctionCounter.Builder<Counters> counter(String meter, ToDoubleFunction<Counters> count) {
        return FunctionCounter.builder(meter, cache.counters(), count).tag("cache", name);
    }

    private Gauge.Builder<SemanticCache> gauge(String meter, ToDoubleFunction<SemanticCache> value) {
        return Gauge.builder(meter, cache, value).tag("cache", name);
    }
}
