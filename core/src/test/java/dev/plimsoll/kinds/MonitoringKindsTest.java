package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringKindsTest {
    @ParameterizedTest
    @CsvSource({"prom/prometheus:v3.4.2, prometheus", "quay.io/prometheus/prometheus:v2.53.0, prometheus",
            "bitnami/prometheus:2, prometheus", "prom/alertmanager:v0.28.1, alertmanager",
            "quay.io/prometheus/alertmanager:v0.27.0, alertmanager", "grafana/grafana:12.0.2, grafana",
            "grafana/grafana-oss:12.0.2, grafana", "grafana/loki:3.5.0, loki",
            "gcr.io/cadvisor/cadvisor:v0.52.1, cadvisor", "google/cadvisor:latest, cadvisor",
            "prom/node-exporter:v1.9.1, node-exporter", "quay.io/prometheus/node-exporter:v1.8.0, node-exporter",
            "prometheuscommunity/postgres-exporter:v0.17.1, postgres-exporter",
            "wrouesnel/postgres_exporter:v0.8.0, postgres-exporter",
            "oliver006/redis_exporter:v1.74.0, redis-exporter", "prom/blackbox-exporter:v0.26.0, blackbox-exporter",
            "victoriametrics/victoria-metrics:v1.118.0, victoria-metrics", "prom/statsd-exporter:v0.28.0, exporter",
            "prom/pushgateway:v1.11.1, exporter", "nginx/nginx-prometheus-exporter:1.4, exporter"})
    void recognisesTheImage(String image, String kind) {
        assertThat(only("    image: " + image + "\n").kind().id()).isEqualTo(kind);
    }

    @Test
    void recognisesTheProgramInAnImageOfItsOwn() {
        assertThat(only("    image: example/tools:1\n    command: /bin/prometheus --config.file=/p.yml\n").kind().id())
                .isEqualTo("prometheus");
    }

    @Test
    void readsFlagsInBothForms() {
        var settings = only("    image: prom/prometheus:v3.4.2\n    command: --query.max-samples=7 "
                + "--storage.tsdb.retention.time 3d --web.enable-lifecycle\n").settings();

        assertThat(settings.integer("query.max-samples")).contains(7);
        assertThat(settings.value("storage.tsdb.retention.time")).contains("3d");
        assertThat(settings.value("web.enable-lifecycle")).contains("true");
    }

    @Test
    void demandGrowsWithTheTargets() {
        var compose = """
                services:
                  prometheus:
                    image: prom/prometheus:v3.4.2
                    volumes: [./prometheus.yml:/etc/prometheus/prometheus.yml]
                  node:
                    image: prom/node-exporter:v1.9.1
                """;
        var few = inventory(Map.of("compose.yml", compose, "prometheus.yml", "scrape_configs: []\n"));
        var more = inventory(Map.of("compose.yml", compose, "prometheus.yml", """
                scrape_configs:
                  - job_name: node
                    static_configs:
                      - targets: [node:9100, 'localhost:9090', 'api:8000']
                """));

        assertThat(few.services().getFirst().settings().integer(Prometheus.SERIES)).contains(450);
        assertThat(more.services().getFirst().settings().integer(Prometheus.SERIES)).contains(550 + 450 + 200);
        assertThat(expected(more)).isGreaterThan(expected(few));
    }

    @Test
    void plannedPrometheusStaysWithinItsLimitAndNeverLosesByALargerOne() {
        var sizing = only("    image: prom/prometheus:v3.4.2\n").kind().sizing(
                only("    image: prom/prometheus:v3.4.2\n"), Host.TYPICAL);
        var samples = 0L;
        for (var limit = sizing.minimum(1); !limit.isLargerThan(sizing.useful(1)); limit = limit
                .plus(MemorySize.ofMegabytes(1L))) {
            var plan = sizing.at(limit, 1);
            assertThat(plan.ceiling()).isPresent();
            assertThat(plan.ceiling().orElseThrow().total()).isLessThanOrEqualTo(limit);
            var next = Long.parseLong(plan.choices().getFirst().value());
            assertThat(next).isGreaterThanOrEqualTo(samples);
            samples = next;
        }
        assertThat(samples).isEqualTo(5_000_000);
    }

    private static MemorySize expected(Inventory inventory) {
        var service = inventory.services().getFirst();
        return service.kind().demand(service, inventory.host()).expected().total();
    }

    private static Recognised only(String body) {
        return inventory(Map.of("compose.yml", "services:\n  it:\n" + body)).services().getFirst();
    }

    private static Inventory inventory(Map<String, String> files) {
        return Inventory.of(ComposeLoader.load(ProjectFiles.of(files), ComposeLoader.Request.of("compose.yml")),
                Host.TYPICAL);
    }
}
