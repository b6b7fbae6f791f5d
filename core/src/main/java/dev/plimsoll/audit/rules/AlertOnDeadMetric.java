package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.DeadMetric;
import dev.plimsoll.prometheus.RuleFile.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An expression uses a metric name that its exporter does not have.
public final class AlertOnDeadMetric implements Rule {
    @Override
    public About about() {
        return new About("OBS007", "alert-on-dead-metric", Severity.MEDIUM, Confidence.CERTAIN,
                "A rule uses a metric that its exporter never had or has renamed, or one that does not move.",
                "The expression is empty and the alert never fires. Renamed: node_exporter 0.16 and "
                        + "postgres_exporter 0.11. cAdvisor's container_oom_events_total goes away with the killed "
                        + "container and stays 0.",
                "Use the metric's present name.",
                "https://github.com/prometheus/node_exporter/releases/tag/v0.16.0, "
                        + "https://github.com/prometheus-community/postgres_exporter/pull/665, "
                        + "https://github.com/google/cadvisor/issues/3015");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> Stream.concat(renamed(monitored), oom(monitored)));
    }

    private Stream<Finding> renamed(Monitored monitored) {
        var users = new LinkedHashMap<String, List<Definition>>();
        monitored.server().rules().forEach(rule -> rule.expression().stream()
                .flatMap(expression -> expression.metrics().stream()).filter(name -> DeadMetric.of(name).isPresent())
                .forEach(name -> users.computeIfAbsent(name, _ -> new ArrayList<>()).add(rule)));
        return users.entrySet().stream().flatMap(user -> DeadMetric.of(user.getKey()).stream()
                .map(dead -> finding(monitored.service(), user.getValue().getFirst().text().where(),
                        Monitored.rules(user.getValue()) + ": there is no " + dead.name() + "; " + dead.reason(),
                        "Use " + dead.instead())));
    }

    private Stream<Finding> oom(Monitored monitored) {
        var users = monitored.alerts().filter(alert -> alert.expression().filter(expression -> expression.metrics()
                .equals(List.of("container_oom_events_total"))).isPresent()).toList();
        return users.stream().limit(1).map(first -> new Finding(id(), Severity.LOW, Confidence.LIKELY,
                Optional.of(monitored.service().name()), first.text().where(), Monitored.alerts(users)
                        + ": container_oom_events_total vanishes with the killed container and usually stays 0",
                "Add `or increase(node_vmstat_oom_kill[5m]) > 0`, which counts every OOM kill of the host"));
    }
}
