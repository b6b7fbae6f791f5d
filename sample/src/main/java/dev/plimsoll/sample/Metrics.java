package dev.plimsoll.sample;

import dev.plimsoll.runtime.telemetry.ProcessMeters;
import dev.plimsoll.sample.ingest.Ingestion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/// What the service counts beside requests, statements and connections, which count themselves.
final class Metrics {
    private Metrics() {}

    static PrometheusMeterRegistry registry() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new FewBuckets());
        // It would wait for the database at each look; `workers.queued` does not.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("plimsoll.queue.depth"));
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new ProcessMeters().bindTo(registry);
        return registry;
    }

    /// Keeps a timer from publishing a bucket for every likely time: 70 series for each of its labels, where a small
    /// Prometheus pays about 5 kB a series.
    private static final class FewBuckets implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            return DistributionStatisticConfig.builder().percentilesHistogram(false).build().merge(config);
        }
    }

    static void workers(MeterRegistry registry, Supplier<Ingestion.Load> load) {
        Gauge.builder("workers.active", () -> load.get().working()).description("Documents being read").register(
                registry);
        Gauge.builder("workers.queued", () -> load.get().waiting()).description("Documents waiting").register(
                registry);
    }
}
