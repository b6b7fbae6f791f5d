package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.SilentPorts;
import java.util.stream.Stream;

/// Prometheus scrapes a port that does not speak HTTP.
public final class ScrapePortWithoutMetrics implements Rule {
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
                    .filter(scrape -> scrape.target().port().filter(SilentPorts.EXPORTERS::containsKey).isPresent())
                    .toList();
            var exporters = wrong.stream().flatMap(scrape -> scrape.target().port().stream())
                    .map(port -> SilentPorts.EXPORTERS.getOrDefault(port, "")).distinct().toList();
            return wrong.stream().limit(1).map(first -> finding(monitored.service(), first.target().where(),
                    Monitored.joined(wrong.stream().map(scrape -> scrape.target().toString()).distinct().toList())
                            + (wrong.size() == 1 ? " does" : " do") + " not speak HTTP: the "
                            + (wrong.size() == 1 ? "target is" : "targets are") + " always down",
                    "Scrape " + Monitored.joined(exporters) + " instead"));
        });
    }
}
