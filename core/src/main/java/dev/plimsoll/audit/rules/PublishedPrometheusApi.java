package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.Located;
import java.util.List;
import java.util.stream.Stream;

public final class PublishedPrometheusApi implements Rule {
    @Override
    public About about() {
        return new About("SEC015", "published-prometheus-admin-api", Severity.MEDIUM, Confidence.CERTAIN,
                "Prometheus' admin API is open to other machines.",
                "With --web.enable-admin-api anyone who reaches port 9090 deletes series; --web.enable-lifecycle lets "
                        + "them stop the server (low).",
                "Remove the flag, or bind the port to 127.0.0.1.",
                "https://prometheus.io/docs/prometheus/latest/querying/api/#tsdb-admin-apis");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().filter(service -> Exposure.open(service.service(), List.of(9090)).isPresent())
                .flatMap(service -> service.service().start().stream()
                        .filter(PublishedPrometheusApi::isFlag).limit(1)
                        .map(word -> finding(service, word.value().contains("admin")
                                ? Severity.MEDIUM
                                : Severity.LOW, word.where(),
                                service.name() + " takes "
                                        + (word.value().contains("admin") ? "deletions" : "the order to stop")
                                        + " from anyone who reaches its open port: " + word.value(),
                                "Remove the flag, or bind the port to 127.0.0.1")));
    }

    private static boolean isFlag(Located<String> word) {
        return word.value().matches("--web\\.enable-(?:admin-api|lifecycle)(?:=true)?");
    }
}
