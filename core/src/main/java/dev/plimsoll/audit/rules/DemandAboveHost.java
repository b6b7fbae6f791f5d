package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.units.MemorySize;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The services need more than the server has, whatever the limits say.
public final class DemandAboveHost implements Rule {
    @Override
    public About about() {
        return new About("MEM006", "demand-above-host", Severity.HIGH, Confidence.LIKELY,
                "In ordinary operation the services together need more memory than the server can carry.",
                "No choice of limits makes this stack fit: something must be smaller, move, or the server"
                        + " must grow.",
                "`plimsoll plan` names the smallest single change and the cheapest combination.",
                "the memory models of the kinds, see `plimsoll plan --explain SERVICE`");
    }

    /// Estimates must be this much above the load line before they are worth a finding.
    private static final double MARGIN = 1.15;

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var loadLine = inventory.host().loadLine(inventory.containers());
        var limits = inventory.running().map(DemandAboveHost::limits).reduce(MemorySize.ZERO, MemorySize::plus);
        var needs = inventory.running().filter(service -> !OneShots.is(service, inventory))
                .map(service -> need(service, inventory)).sorted(Comparator.comparing(Need::size).reversed()).toList();
        var sum = needs.stream().map(Need::size).reduce(MemorySize.ZERO, MemorySize::plus);
        // Limits above the load line are a finding of their own, with the same remedy.
        if (limits.isLargerThan(loadLine) || !sum.isLargerThan(loadLine.times(MARGIN))) {
            return Stream.empty();
        }
        var largest = needs.stream().limit(4).map(need -> need.service().name() + " " + need.size())
                .collect(Collectors.joining(", "));
        return Stream.of(finding(Severity.HIGH, Location.ofFile(inventory.stack().mainFile()),
                "The services need about " + sum + " in ordinary operation, and " + inventory.host().memory()
                        + " leave " + loadLine + " for containers; the largest: " + largest,
                "Run `plimsoll plan` for the smallest change that makes it fit"));
    }

    private static MemorySize limits(Recognised service) {
        return service.limit().map(Located::value).orElse(MemorySize.ZERO).times(service.replicas());
    }

    /// A program nobody knows counts with what it takes idle, so that a guess raises no alarm.
    private static Need need(Recognised service, Inventory inventory) {
        var demand = service.kind().demand(service, inventory.host());
        var each = service.is("unknown") ? demand.floor() : demand.expected();
        return new Need(service, each.total().times(service.replicas()));
    }

    private record Need(Recognised service, MemorySize size) {}
}
