package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.units.MemorySize;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The limits of all services add up to more than the server can carry.
public final class LimitsAboveHost implements Rule {
    @Override
    public About about() {
        return new About("MEM002", "limits-above-host", Severity.CRITICAL, Confidence.CERTAIN,
                "The memory limits of all running containers add up to more than the server can carry.",
                "Limits that add up to more than the memory promise what is not there: under load the "
                        + "kernel kills a process of its own choice, whatever limit it was under.",
                "Lower the limits until their sum is below the load line, or take a larger server; "
                        + "`plimsoll plan` finds the least change.",
                "https://docs.docker.com/engine/containers/resource_constraints/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var limited = inventory.running().filter(service -> service.limit().isPresent()).toList();
        var sum = limited.stream().map(LimitsAboveHost::total).reduce(MemorySize.ZERO, MemorySize::plus);
        var loadLine = inventory.host().loadLine(inventory.containers());
        var isOneLimit = limited.size() == 1 && limited.getFirst().replicas() == 1;
        if (!sum.isLargerThan(loadLine) || isOneLimit) {
            return Stream.empty();
        }
        var memory = inventory.host().memory();
        var severity = sum.isLargerThan(memory) ? Severity.CRITICAL : Severity.HIGH;
        var parts = limited.stream().map(service -> service.name() + " "
                + (service.replicas() > 1 ? service.replicas() + " × " : "") + limit(service))
                .collect(Collectors.joining(" + "));
        var without = inventory.running().count() - limited.size();
        var message = "Limits add up to " + sum + (severity == Severity.CRITICAL
                ? " on a server with " + memory
                : ", above the load line of " + loadLine + " (" + memory + " less what system and engine need)")
                + ": " + parts
                + (without > 0 ? "; " + without + " more " + (without == 1 ? "has" : "have") + " no limit" : "");
        var fix = "Take " + sum.minus(loadLine) + " off these limits; `plimsoll plan` shows where it hurts least";
        var largest = limited.stream().max(Comparator.comparing(LimitsAboveHost::total)).orElseThrow();
        var where = largest.limit().map(Located::where).orElseThrow();
        return Stream.of(total(largest).isLargerThan(loadLine) && largest.replicas() > 1
                ? finding(largest, severity, where, message, fix)
                : finding(severity, Location.ofFile(inventory.stack().mainFile()), message, fix));
    }

    private static MemorySize limit(Recognised service) {
        return service.limit().map(Located::value).orElse(MemorySize.ZERO);
    }

    private static MemorySize total(Recognised service) {
        return limit(service).times(service.replicas());
    }
}
