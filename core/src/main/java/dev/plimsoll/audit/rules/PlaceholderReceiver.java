package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Neighbourhood;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.AlertmanagerConfig;
import dev.plimsoll.prometheus.AlertmanagerServer;
import dev.plimsoll.prometheus.Target;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A receiver of Alertmanager still has the placeholder of an example.
public final class PlaceholderReceiver implements Rule {
    /// Alertmanager expands no variables, so `${SLACK_URL}` is a placeholder too.
    private static final Pattern PLACEHOLDER = Pattern
            .compile("<[^>]*>|\\$\\{[A-Z_]+|^\\$[A-Z_]+$|(?i)your[-_/. ]|\\byour|"
                    + "\\bx{3,}|changeme|change[-_]me|replace[-_ ]?(?:me|with)|placeholder|T0{5,}|(?:[@/.]|^)example\\.(?:com|org|net)");

    @Override
    public About about() {
        return new About("OBS015", "placeholder-receiver", Severity.HIGH, Confidence.CERTAIN,
                "A receiver of Alertmanager has an empty or example address.",
                "amtool calls such a file valid. Every notification fails, and the first one to notice is "
                        + "whoever asks why nobody was told.",
                "Put in the real address, best from a file: slack's api_url_file, pagerduty's "
                        + "routing_key_file.",
                "https://prometheus.io/docs/alerting/latest/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("alertmanager").flatMap(service -> {
            var around = new Neighbourhood(inventory, service);
            return AlertmanagerServer.of(inventory.stack(), service.service()).config().value().stream()
                    .flatMap(config -> report(service, config.addresses().stream()
                            .filter(address -> isPlaceholder(address, around)).toList()));
        });
    }

    private Stream<Finding> report(Recognised service, List<AlertmanagerConfig.Address> wrong) {
        var receivers = wrong.stream().map(address -> address.receiver().map(name -> "receiver " + name)
                .orElse("the global part")).distinct().toList();
        return wrong.stream().limit(1).map(first -> finding(service, first.value().where(),
                Monitored.joined(receivers) + " of " + service.name() + (receivers.size() == 1 ? " has" : " have")
                        + " a placeholder, so alerts reach nobody: " + Monitored.joined(wrong.stream()
                                .map(address -> address.key() + " " + shown(address)).distinct()
                                .toList()),
                "Put in the real address or remove the receiver"));
    }

    /// What may be a secret is not repeated.
    private static String shown(AlertmanagerConfig.Address address) {
        var value = address.value().value();
        if (value.isBlank()) {
            return "is empty";
        }
        return address.key().matches(".*(?:password|token|key)") && !value.matches("\\$\\{[A-Z_]+}|<.*>")
                ? "is a placeholder"
                : value;
    }

    private static boolean isPlaceholder(AlertmanagerConfig.Address address, Neighbourhood around) {
        var value = address.value().value();
        if (address.isNoUrl()) {
            return false;
        }
        if (value.isBlank() || PLACEHOLDER.matcher(value).find()) {
            return true;
        }
        return address.key().equals("url") && around.isIsolated()
                && Target.of(address.value()).filter(Target::isLoopback).isPresent();
    }
}
