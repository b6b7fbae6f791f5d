package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// Nothing but time bounds what Prometheus stores.
public final class RetentionWithoutSize implements Rule {
    @Override
    public About about() {
        return new About("OBS019", "retention-without-size", Severity.LOW, Confidence.ADVICE,
                "Prometheus keeps its data for a time, whatever space that takes.",
                "One exporter with a high number of series fills the disk, and a full disk stops every "
                        + "service of a small server, the database first.",
                "Set --storage.tsdb.retention.size to at most 80 % of what Prometheus may have of the disk.",
                "https://prometheus.io/docs/prometheus/latest/storage/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("prometheus")
                .filter(service -> service.settings().get("storage.tsdb.retention.size").isEmpty()
                        && service.settings().get("agent").isEmpty())
                .map(service -> finding(service, service.service().where("command"), "nothing bounds the disk space of "
                        + service.name() + "; it keeps " + service.settings().value("storage.tsdb.retention.time")
                                .orElse("15d"),
                        "Add --storage.tsdb.retention.size=500MB or what the disk can spare"));
    }
}
