package dev.plimsoll.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.prometheus.Bounds.Bound;
import dev.plimsoll.prometheus.Expression.Binary;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final Bounds BOUNDS = new Bounds(selector -> selector.name().equals("connections")
            ? Optional.of(new Bound(0, 50, true, "max_connections is 50"))
            : Optional.empty());

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"connections > 80; NEVER", "sum(connections) >= 51; NEVER",
            "connections > 40; OPEN", "connections >= 50; OPEN", "80 < connections; NEVER",
            "count(connections) > 80; OPEN",
            "connections * 2 > 100; NEVER", "connections / 50 > 0.8; OPEN", "connections / 50 > 1; NEVER",
            "-connections > 0; NEVER", "100 - connections < 50; NEVER", "other > 80; OPEN", "up == 2; NEVER",
            "up == 0; OPEN", "avg(up) > 1; NEVER", "sum(up) > 1; OPEN", "connections == bool 80; NEVER",
            "(1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes) * 100 > 90; OPEN",
            "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes > 90; NEVER",
            "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 10; ALWAYS",
            "100 * (sum(node_memory_MemTotal_bytes) - sum(node_memory_MemFree_bytes)) / sum(node_memory_MemTotal_bytes) > 85; OPEN",
            "100 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[5m])) * 100 > 100; NEVER",
            "sum by (instance) (rate(node_cpu_seconds_total{mode!=\"idle\"}[5m])) > 2; OPEN",
            "rate(container_cpu_usage_seconds_total[5m]) * 100 > 150; OPEN"})
    void judgesThresholds(String text, Bounds.Verdict verdict) {
        var condition = (Binary) Expression.parse(text).orElseThrow();

        assertThat(BOUNDS.judge(condition).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"a / sum(b); true", "sum(a) / b; true", "a / sum by (instance) (b); true",
            "rate(a[5m]) > sum(b); true", "a and sum(b) > 0; true", "a / b; false", "sum(a) / sum(b); false",
            "a / on (x) sum by (x) (b); false", "a / scalar(sum(b)); false", "a / sum by (instance, job) (b); false",
            "a / 2; false", "a or sum(b); false", "job:a:b / sum(c); false", "a unless sum(b); false",
            "a / sum without (cpu) (b); false"})
    void tellsWhichSeriesNeverMeet(String text, boolean never) {
        assertThat(VectorLabels.neverMeet((Binary) Expression.parse(text).orElseThrow())).isEqualTo(never);
    }

    @Test
    void namesThatApplicationsChooseHaveNoSource() {
        for (var free : new String[]{"http_requests_total", "redis_cache_hits_total", "nginx_custom", "kafka_lag", "up",
                "process_resident_memory_bytes", "nodejs_heap_size_used_bytes", "celery_worker_up"}) {
            assertThat(MetricSource.of(free)).as(free).isEmpty();
        }
        assertThat(MetricSource.of("pg_stat_activity_count")).map(MetricSource::name).contains("postgres-exporter");
        assertThat(MetricSource.ALL).extracting(MetricSource::name).isSorted();
    }
}
