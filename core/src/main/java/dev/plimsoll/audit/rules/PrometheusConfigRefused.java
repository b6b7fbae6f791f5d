package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.AlertmanagerConfig;
import dev.plimsoll.prometheus.AlertmanagerServer;
import dev.plimsoll.prometheus.Loaded;
import dev.plimsoll.prometheus.PrometheusConfig;
import dev.plimsoll.source.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Prometheus or Alertmanager refuses its config.
public final class PrometheusConfigRefused implements Rule {
    @Override
    public About about() {
        return new About("OBS002", "prometheus-config-refused", Severity.CRITICAL, Confidence.CERTAIN,
                "The config of Prometheus or Alertmanager is no valid YAML, or has keys the server refuses.",
                "Both parse strictly: one unknown key, a job name used twice or a receiver that is not "
                        + "defined, and the server exits at its start or keeps the old config on reload.",
                "Correct the file; promtool check config and amtool check-config show the same.",
                "https://prometheus.io/docs/prometheus/latest/configuration/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var prometheus = Monitored.in(inventory).flatMap(monitored -> problems(monitored.service(),
                monitored.server().config(), PrometheusConfig::refusals));
        var alertmanager = inventory.ofKind("alertmanager").flatMap(service -> problems(service,
                AlertmanagerServer.of(inventory.stack(), service.service()).config(),
                AlertmanagerConfig::refusals));
        return Stream.concat(prometheus, alertmanager);
    }

    private <T> Stream<Finding> problems(Recognised service, Loaded<T> config, Function<T, List<Problem>> refusals) {
        var refused = config.value().map(refusals).orElse(config.problems());
        return refused.stream().map(problem -> finding(service, problem.where(),
                service.name() + " refuses its config: " + problem.what(), problem.remedy()));
    }
}
