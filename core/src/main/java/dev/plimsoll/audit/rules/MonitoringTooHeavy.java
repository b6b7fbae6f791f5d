package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.source.Location;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// Monitoring takes more than a quarter of the server.
public final class MonitoringTooHeavy implements Rule {
    @Override
    public About about() {
        return new About("OBS023", "monitoring-too-heavy", Severity.LOW, Confidence.ADVICE,
                "The memory limits of monitoring services add up to more than a quarter of the server's "
                        + "memory.",
                "On a small server what watches the stack then competes with it. Prometheus, Alertmanager and "
                        + "the exporters of a small stack need about 160 MB together.",
                "Lower the limits, trim series and collectors, or move dashboards elsewhere.",
                "measured: Prometheus 55 MB, Alertmanager 43 MB, three exporters 60 MB resident");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var watching = inventory.running().filter(MonitoringTooHeavy::watches).toList();
        var taken = watching.stream().flatMap(service -> service.limit().stream()
                .map(limit -> limit.value().times((long) service.replicas())))
                .reduce(MemorySize.ZERO, MemorySize::plus);
        var memory = inventory.host().memory();
        if (watching.size() == inventory.services().size() || !taken.times(4L).isLargerThan(memory)) {
            return Stream.empty();
        }
        return Stream.of(finding(about().severity(), Location.ofFile(inventory.stack().mainFile()),
                "the limits of " + Monitored.joined(watching.stream().map(Recognised::name).toList()) + " add up to "
                        + taken + ", " + Math.round(100 * taken.ratioTo(memory)) + " % of the server's " + memory,
                "Lower their limits; Prometheus, Alertmanager and exporters of a small stack need about 160 MB"));
    }

    private static boolean watches(Recognised service) {
        return service.role() == Role.MONITORING || service.role() == Role.EXPORTER;
    }
}
