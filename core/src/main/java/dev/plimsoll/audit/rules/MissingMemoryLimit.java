package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Services run without a memory limit.
public final class MissingMemoryLimit implements Rule {
    private static final int MANY = 5;

    @Override
    public About about() {
        return new About("MEM001", "missing-memory-limit", Severity.HIGH, Confidence.CERTAIN,
                "Services run without a memory limit.",
                "One leak or one large request takes the whole server: the kernel then kills whichever process is "
                        + "largest, often the database.",
                "Give every service `mem_limit` or `deploy.resources.limits.memory`; `plimsoll plan` computes them.",
                "https://docs.docker.com/engine/containers/resource_constraints/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var without = inventory.running().filter(service -> service.limit().isEmpty()).toList();
        if (without.isEmpty()) {
            return Stream.empty();
        }
        var running = inventory.running().count();
        var names = without.stream().map(Recognised::name).collect(Collectors.joining(", "));
        var isAll = running > 1 && without.size() == running;
        var message = isAll
                ? "None of the " + running + " services has a memory limit: " + names
                : without.size() + " of " + running + " services " + (without.size() == 1 ? "has" : "have")
                        + " no memory limit: " + names;
        var where = isAll ? Location.ofFile(inventory.stack().mainFile()) : without.getFirst().service().where();
        return Stream.of(finding(without.size() >= MANY ? Severity.HIGH : Severity.MEDIUM, where, message,
                "Set mem_limit on each; `plimsoll plan` computes limits that fit " + inventory.host().memory()));
    }
}
