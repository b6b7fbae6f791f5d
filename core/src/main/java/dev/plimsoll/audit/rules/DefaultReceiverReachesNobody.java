package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.AlertmanagerConfig;
import dev.plimsoll.prometheus.AlertmanagerServer;
import dev.plimsoll.source.Located;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Alerts that no route takes go to a receiver without any integration.
public final class DefaultReceiverReachesNobody implements Rule {
    private static final Pattern DELIBERATE = Pattern
            .compile("(?i).*(?:null|none|nobody|black-?hole|drop|silen|void).*");

    @Override
    public About about() {
        return new About("OBS016", "default-receiver-reaches-nobody", Severity.HIGH, Confidence.CERTAIN,
                "The default receiver of Alertmanager sends nothing anywhere.",
                "Every alert that no other route takes is accepted and dropped.",
                "Give the default receiver an integration, so that an alert with an unknown label is not "
                        + "lost.",
                "https://prometheus.io/docs/alerting/latest/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("alertmanager").flatMap(service -> AlertmanagerServer.of(inventory.stack(),
                service.service()).config().value().stream().flatMap(config -> config.root().stream()
                        .flatMap(root -> config.receiver(root.value()).stream())
                        .filter(receiver -> receiver.integrations() == 0)
                        .flatMap(receiver -> report(service, config, receiver))));
    }

    private Stream<Finding> report(Recognised service, AlertmanagerConfig config,
            AlertmanagerConfig.Receiver receiver) {
        var others = config.routes().stream().map(Located::value).flatMap(name -> config.receiver(name).stream())
                .anyMatch(other -> other.integrations() > 0);
        return others && DELIBERATE.matcher(receiver.name()).matches()
                ? Stream.empty()
                : Stream.of(finding(
                        service, others ? Severity.LOW : Severity.HIGH, receiver.where(), "the default receiver "
                                + receiver.name() + " has no integration: " + (others
                                        ? "alerts that no route takes reach nobody"
                                        : "no alert reaches anybody"),
                        "Add slack_configs, email_configs or webhook_configs to " + receiver.name()));
    }
}
