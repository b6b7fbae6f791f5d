package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.AlertmanagerServer;
import dev.plimsoll.stack.Mount;
import java.util.stream.Stream;

/// Alertmanager forgets silences when its container is replaced.
public final class AlertmanagerWithoutVolume implements Rule {
    @Override
    public About about() {
        return new About("OBS022", "alertmanager-without-volume", Severity.LOW, Confidence.CERTAIN,
                "The storage of Alertmanager is in no named volume.",
                "Each new container starts without silences and without knowing what it already sent, so that "
                        + "every firing alert is sent again after a deployment.",
                "Mount a named volume at --storage.path.",
                "https://prometheus.io/docs/alerting/latest/management_api/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("alertmanager").flatMap(service -> {
            var storage = AlertmanagerServer.of(inventory.stack(), service.service()).storage();
            var kept = service.service().mounts().stream().anyMatch(mount -> mount.covers(storage)
                    && mount.type() != Mount.Type.TMPFS && !mount.isAnonymous());
            return kept
                    ? Stream.empty()
                    : Stream.of(finding(service, service.service().where("volumes"), service.name()
                            + " keeps silences and its log of notifications in " + storage
                            + ", which is in no volume", "Mount a named volume at " + storage));
        });
    }
}
