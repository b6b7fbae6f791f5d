package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.Locale;
import java.util.stream.Stream;

public final class MissingRestartPolicy implements Rule {
    @Override
    public About about() {
        return new About("REL001", "missing-restart-policy", Severity.MEDIUM, Confidence.CERTAIN,
                "Services are not started again after a crash or a reboot.",
                "Without `restart` the engine leaves a container down when its process ends, when the kernel kills it "
                        + "for memory, and after the server has rebooted. High when no service has a policy.",
                "Set `restart: unless-stopped` on everything that keeps running; jobs that end need none.",
                "https://docs.docker.com/engine/containers/start-containers-automatically/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var lasting = inventory.running().filter(service -> !OneShots.is(service, inventory)).toList();
        var without = lasting.stream().filter(MissingRestartPolicy::lacks).toList();
        if (without.isEmpty()) {
            return Stream.empty();
        }
        var all = without.size() == lasting.size();
        var severity = all ? Severity.HIGH : Severity.MEDIUM;
        var where = all && without.size() > 1
                ? Location.ofFile(inventory.stack().mainFile())
                : without.getFirst().service().where();
        return Stream.of(Grouped.finding(this, severity, without, where,
                (all && without.size() > 1
                        ? "None of the " + lasting.size() + " lasting services has"
                        : without.size() + " of " + lasting.size() + " lasting services "
                                + (without.size() == 1 ? "has" : "have") + " no")
                        + (all && without.size() > 1 ? " a" : "") + " restart policy: " + Grouped.names(without),
                "Set restart: unless-stopped on each"));
    }

    private static boolean lacks(Recognised service) {
        return service.service().restart().map(text -> text.value().toLowerCase(Locale.ROOT))
                .filter(policy -> !policy.isBlank() && !policy.equals("no") && !policy.equals("none")
                        && !policy.equals("false"))
                .isEmpty();
    }
}
