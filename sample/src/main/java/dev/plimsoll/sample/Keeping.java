package dev.plimsoll.sample;

import dev.plimsoll.runtime.cache.CacheMeters;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.SyncRules;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.report.LocalReports;
import dev.plimsoll.sample.report.Reports;
import dev.plimsoll.sample.report.SharedReports;
import dev.plimsoll.sample.store.Questions;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Optional;

/// What is kept instead of being made again: shared by all processes where there is a Redis, else in this one.
record Keeping(Generations generations, Reports reports, Optional<Caches> shared) implements AutoCloseable {
    static Keeping open(Optional<URI> redis, Questions questions, MeterRegistry metrics, Traces traces) {
        return redis.map(uri -> shared(uri, questions, metrics, traces)).orElseGet(() -> local(questions, metrics));
    }

    private static Keeping shared(URI uri, Questions questions, MeterRegistry metrics, Traces traces) {
        var meters = new CacheMeters(metrics);
        var caches = Caches.connect(uri.toString(), RedisOptions.DEFAULT.namespace("room"), SyncRules.none(), meters);
        return new Keeping(caches.generations(), new SharedReports(questions, caches, meters, traces), Optional.of(
                caches));
    }

    private static Keeping local(Questions questions, MeterRegistry metrics) {
        var generations = new LocalGenerations();
        var reports = new LocalReports(questions, generations);
        Metrics.cache(metrics, "gaps", reports.gapCache());
        Metrics.cache(metrics, "impact", reports.impactCache());
        return new Keeping(generations, reports, Optional.empty());
    }

    /// Whether this process learns at once what others made stale.
    boolean hears() {
        return shared.map(Caches::connected).orElse(true);
    }

    @Override
    public void close() {
        shared.ifPresent(Caches::close);
    }
}
