package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// There are alerts and nobody is told.
public final class AlertsWithoutAlertmanager implements Rule {
    @Override
    public About about() {
        return new About("OBS013", "alerts-without-alertmanager", Severity.HIGH, Confidence.CERTAIN,
                "There are alerts for Prometheus, but its config names no Alertmanager.",
                "Prometheus only marks the alert as firing on a page of its own; nobody gets a message.",
                "Add an Alertmanager and name it under alerting.",
                "https://prometheus.io/docs/prometheus/latest/configuration/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> monitored.config().alertmanagers().isEmpty()
                && !monitored.config().discoversAlertmanagers()).flatMap(monitored -> {
                    var loaded = monitored.server().loadedAlerts().count();
                    var written = monitored.server().alerts().count();
                    return written == 0
                            ? Stream.empty()
                            : Stream.of(finding(monitored.service(), monitored.config().where(),
                                    loaded == 0
                                            ? "The config names no Alertmanager: even when loaded, " + counted(written)
                                                    + (written == 1 ? " tells nobody" : " tell nobody")
                                            : counted(loaded) + (loaded == 1 ? " is" : " are")
                                                    + " evaluated, but the config names no Alertmanager: nobody is "
                                                    + "told",
                                    "Add alerting.alertmanagers with a target such as alertmanager:9093"));
                });
    }

    private static String counted(long alerts) {
        return alerts + (alerts == 1 ? " alert" : " alerts");
    }
}
