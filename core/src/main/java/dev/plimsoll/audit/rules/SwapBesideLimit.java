package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The limit does not bound swap.
public final class SwapBesideLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM007", "swap-beside-limit", Severity.LOW, Confidence.ADVICE,
                "A memory limit without `memswap_limit` on a server with swap lets the container use as "
                        + "much swap again.",
                "A database or cache that swaps answers in seconds instead of milliseconds, and no alert "
                        + "on its memory limit notices.",
                "Set memswap_limit to the same value as mem_limit.",
                "https://docs.docker.com/engine/containers/resource_constraints/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        if (inventory.host().swap().isZero()) {
            return Stream.empty();
        }
        var open = inventory.running().filter(service -> service.role().isStateful() && service.limit().isPresent()
                && service.service().text("memswap_limit").isEmpty()).toList();
        if (open.isEmpty()) {
            return Stream.empty();
        }
        var names = open.stream().map(Recognised::name).collect(Collectors.joining(", "));
        return Stream.of(finding(Severity.LOW, open.getFirst().limit().map(Located::where).orElseThrow(),
                "The server has " + inventory.host().swap()
                        + " of swap, and these may use as much of it as their limit: "
                        + names,
                "Set memswap_limit equal to the memory limit"));
    }
}
