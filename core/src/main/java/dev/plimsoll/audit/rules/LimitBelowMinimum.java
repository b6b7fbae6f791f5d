package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// A limit is too small to be meant.
public final class LimitBelowMinimum implements Rule {
    @Override
    public About about() {
        return new About("MEM009", "limit-below-minimum", Severity.CRITICAL, Confidence.CERTAIN,
                "A memory limit is below the 6 MB that the engine accepts, usually because a unit is "
                        + "missing.",
                "The engine refuses to create the container. A number without a unit is bytes: "
                        + "`mem_limit: 512` is half a kilobyte.",
                "Write the unit: 512m.",
                "https://docs.docker.com/engine/containers/resource_constraints/");
    }

    private static final MemorySize LEAST = MemorySize.ofMegabytes(6);

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> service.limit().stream()
                .filter(limit -> LEAST.isLargerThan(limit.value()))
                .map(limit -> finding(service, limit.where(), "The limit of " + service.name() + " is " + limit.value()
                        + ", and the engine accepts no less than 6 MB",
                        "Write a unit behind the number, such as "
                                + limit.value().bytes() + "m")));
    }
}
