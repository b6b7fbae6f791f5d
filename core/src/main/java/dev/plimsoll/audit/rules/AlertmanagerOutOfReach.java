package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Target;
import java.util.stream.Stream;

/// The Alertmanager that Prometheus sends to is not there.
public final class AlertmanagerOutOfReach implements Rule {
    @Override
    public About about() {
        return new About("OBS014", "alertmanager-out-of-reach", Severity.HIGH, Confidence.CERTAIN,
                "Prometheus sends its alerts to an Alertmanager that is not in the stack.",
                "Every alert is dropped; only Prometheus' log says so.",
                "Add the service, or name the one there is.",
                "https://prometheus.io/docs/prometheus/latest/configuration/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> monitored.server().alerts().findAny().isPresent())
                .flatMap(monitored -> monitored.config().alertmanagers().stream().flatMap(
                        text -> Target.of(text).stream()).filter(target -> isLost(monitored, target))
                        .map(target -> finding(monitored.service(), target.where(), "alerts are sent to " + target
                                + (target.isLoopback()
                                        ? ", which inside the container is " + monitored.service().name() + " itself"
                                        : ", which is no service of the stack"),
                                fix(inventory))));
    }

    private static boolean isLost(Monitored monitored, Target target) {
        return target.isLoopback()
                ? monitored.around().isIsolated()
                : target.isPlainName() && monitored.around().isUnknown(target.host());
    }

    private static String fix(Inventory inventory) {
        return inventory.ofKind("alertmanager").findFirst().map(service -> "Write " + service.name() + ":9093")
                .orElse("Add an Alertmanager to the stack and write its name");
    }
}
