package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

public final class PrivilegedContainer implements Rule {
    @Override
    public About about() {
        return new About("SEC007", "privileged-container", Severity.HIGH, Confidence.CERTAIN,
                "A container runs privileged.",
                "It has all capabilities and all devices of the server, and no seccomp or AppArmor profile: a hole in "
                        + "the program is root on the server.",
                "Remove `privileged` and give what is needed with `cap_add` and `devices`.",
                "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var byPlace = new TreeMap<Location, List<Recognised>>();
        inventory.running().filter(service -> service.service().isPrivileged())
                .forEach(service -> byPlace.computeIfAbsent(service.service().where("privileged"),
                        _ -> new ArrayList<>()).add(service));
        return byPlace.entrySet().stream().map(entry -> Grouped.finding(this, Severity.HIGH, entry.getValue(),
                entry.getKey(), Grouped.names(entry.getValue()) + (entry.getValue().size() > 1 ? " run" : " runs")
                        + " privileged: a hole in the program is root on the server",
                "Remove privileged; add single capabilities and devices if something fails"));
    }
}
