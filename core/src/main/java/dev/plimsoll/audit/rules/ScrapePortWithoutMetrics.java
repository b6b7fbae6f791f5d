package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.Map;
import java.util.stream.Stream;

/// Prometheus scrapes a port that does not speak HTTP.
public final class ScrapePortWithoutMetrics implements Rule {
    private static final Map<Integer, String> SILENT = Map.ofEntries(Map.entry(1433, "a SQL Server exporter"),
            Map.entry(3306, "mysqld-exporter:9104"), Map.entry(5432, "postgres-exporter:9187"),
            Map.entry(5672, "rabbitmq:15692"), Map.entry(6379, "redis-exporter:9121"),
            Map.entry(6432, "pgbouncer-exporter:9127"), Map.entry(9042, "a Cassandra exporter"),
            Map.entry(9092, "kafka-exporter:9308"), Map.entry(11211, "memcached-exporter:9150"),
            Map.entry(27017, "mongodb-exporter:9216"));

    @Override
    public About about() {
        return new About("OBS011", "scrape-port-without-metrics", Severity.MEDIUM, Confidence.CERTAIN,
                "Scrape targets are ports of databases and queues, which do not speak HTTP.",
                "The target is always down, and the server logs a broken connection at every scrape: Postgres "
                        + "an invalid startup packet, Redis a possible security attack.",
                "Run the exporter and scrape that.",
                "https://prometheus.io/docs/instrumenting/exporters/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).flatMap(monitored -> {
            var wrong = monitored.scrapes().filter(scrape -> !scrape.target().isLoopback()
                    || !monitored.around().isIsolated())
                    .filter(scrape -> scrape.target().port().filter(SILENT::containsKey).isPresent()).toList();
            var exporters = wrong.stream().flatMap(scrape -> scrape.target().port().stream())
                    .map(port -> SILENT.getOrDefault(port, "")).distinct().toList();
            return wrong.stream().limit(1).map(first -> finding(monitored.service(), first.target().where(),
                    Monitored.joined(wrong.stream().map(scrape -> scrape.target().toString()).distinct().toList())
                            + (wrong.size() == 1 ? " does" : " do") + " not speak HTTP: the "
                            + (wrong.size() == 1 ? "target is" : "targets are") + " always down",
                    "Scrape " + Monitored.joined(exporters) + " instead"));
        });
    }
}
