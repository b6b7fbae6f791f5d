package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// Alerts are evaluated and nobody is told.
public final class AlertsWithoutAlertmanager implements Rule {
    @Override
    public About about() {
        return new About("OBS013", "alerts-without-alertmanager", Severity.HIGH, Confidence.CERTAIN,
                "Prometheus evaluates alerts, but its config names no Alertmanager.",
                "Prometheus only marks the alert as firing on a page of its own; nobody gets a message.",
                "Add an Alertmanager and name it under alerting.",
                "https://prometheus.io/docs/prometheus/latest/configuration/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> monitored.config().alertmanagers().isEmpty()
                && !monitored.config().discoversAlertmanagers()).flatMap(monitored -> {
                    var alerts = monitored.server().loadedAlerts().toList();
                    return alerts.stream().limit(1).map(_ -> finding(monitored.service(),
                            monitored.config().where(), (alerts.size() == 1
                                    ? "1 alert is"
                                    : alerts.size()
                                            + " alerts are")
                                    + " evaluated, but the config names no Alertmanager: nobody is told",
                            "Add alerting.alertmanagers with a target such as alertmanager:9093"));
                });
    }
}
