package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.AlertmanagerServer;
import dev.plimsoll.prometheus.Loaded;
import java.util.stream.Stream;

/// The config a Prometheus or Alertmanager is told to load is not there.
public final class PrometheusConfigMissing implements Rule {
    @Override
    public About about() {
        return new About("OBS001", "prometheus-config-missing", Severity.CRITICAL, Confidence.CERTAIN,
                "The config file that is mounted into Prometheus or Alertmanager does not exist.",
                "The engine creates an empty directory in its place, the server cannot read a directory as "
                        + "its config, and exits at once; with a restart policy it does so for ever.",
                "Create the file, or correct the path of the mount.",
                "https://prometheus.io/docs/prometheus/latest/configuration/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var prometheus = Monitored.in(inventory)
                .flatMap(monitored -> missing(monitored.service(), monitored.server().config()));
        var alertmanager = inventory.ofKind("alertmanager").flatMap(service -> missing(service,
                AlertmanagerServer.of(inventory.stack(), service.service()).config()));
        return Stream.concat(prometheus, alertmanager);
    }

    private Stream<Finding> missing(Recognised service, Loaded<?> config) {
        return config instanceof Loaded.Missing<?> missing
                ? Stream.of(finding(service, missing.mount(), "the config of " + service.name() + ", "
                        + missing.path() + ", does not exist",
                        "Create " + missing.path()
                                + " or mount the right file"))
                : Stream.empty();
    }
}
