package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// One limit is as large as the server.
public final class LimitAboveHost implements Rule {
    @Override
    public About about() {
        return new About("MEM003", "limit-above-host", Severity.CRITICAL, Confidence.CERTAIN,
                "One service may take as much memory as the whole server can carry.",
                "A limit that the server reaches first never acts: the kernel kills some process on the "
                        + "server instead of the one container that grew.",
                "Set the limit to what the service needs; `plimsoll plan` computes it.",
                "https://docs.docker.com/engine/containers/resource_constraints/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var host = inventory.host();
        var loadLine = host.loadLine(inventory.containers());
        return inventory.running().flatMap(service -> service.limit().stream()
                .filter(limit -> limit.value().isLargerThan(loadLine))
                .map(limit -> finding(service, limit.value().compareTo(host.memory()) >= 0
                        ? Severity.CRITICAL
                        : Severity.HIGH, limit.where(),
                        service.name() + " may take " + limit.value() + " on a server with "
                                + host.memory() + ", whose containers can have " + loadLine + " together",
                        "Lower the limit of " + service.name() + "; `plimsoll plan` computes one that fits")));
    }
}
