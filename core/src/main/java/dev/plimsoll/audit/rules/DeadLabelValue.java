package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression.Selector;
import java.util.stream.Stream;

/// An alert selects a label value that no present host has.
public final class DeadLabelValue implements Rule {
    @Override
    public About about() {
        return new About("OBS017", "dead-label-value", Severity.HIGH, Confidence.CERTAIN,
                "An alert selects fstype=\"aufs\" or another value that no present host reports.",
                "Docker has used overlay2 since 2018 and 23.0 removed aufs; the node exporter reports the "
                        + "real file systems, such as ext4. The alert never fires.",
                "Select the disk itself: mountpoint=\"/\" or fstype!~\"tmpfs|overlay\".",
                "https://docs.docker.com/engine/deprecated/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> {
            var dead = monitored.alerts().filter(alert -> alert.expression()
                    .filter(expression -> Monitored.isEmptyWithout(expression, DeadLabelValue::isDead)).isPresent())
                    .toList();
            return dead.stream().limit(1).map(first -> finding(monitored.service(), first.text().where(),
                    Monitored.alerts(dead) + " can never fire: no host has a file system of type aufs",
                    "Select mountpoint=\"/\" or fstype!~\"tmpfs|overlay\""));
        });
    }

    private static boolean isDead(Selector selector) {
        return selector.name().startsWith("node_filesystem_")
                && selector.label("fstype").filter("aufs"::equals).isPresent();
    }
}
