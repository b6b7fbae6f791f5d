package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reservations add up to more than the server has.
public final class ReservationsAboveHost implements Rule {
    @Override
    public About about() {
        return new About("MEM004", "reservations-above-host", Severity.HIGH, Confidence.CERTAIN,
                "The memory reservations of all containers add up to more than the server can carry.",
                "On one server reservations are soft limits that push the others back first; promised in "
                        + "excess they protect nobody. Swarm and Kubernetes refuse to place such services at all.",
                "Reserve what each service uses in ordinary operation; the sum must stay below the load "
                        + "line.",
                "https://docs.docker.com/engine/containers/resource_constraints/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var reserved = inventory.running().filter(service -> service.service().memoryReservation().isPresent())
                .toList();
        var sum = reserved.stream().map(ReservationsAboveHost::total).reduce(MemorySize.ZERO, MemorySize::plus);
        var loadLine = inventory.host().loadLine(inventory.containers());
        if (!sum.isLargerThan(loadLine)) {
            return Stream.empty();
        }
        var parts = reserved.stream().map(service -> service.name() + " " + total(service))
                .collect(Collectors.joining(" + "));
        return Stream.of(finding(Severity.HIGH,
                reserved.getFirst().service().memoryReservation().map(Located::where).orElseThrow(),
                "Reservations add up to " + sum + ", more than the load line of " + loadLine + " on "
                        + inventory.host().memory() + ": " + parts,
                "Lower reservations by " + sum.minus(loadLine) + " together"));
    }

    private static MemorySize total(Recognised service) {
        return service.service().memoryReservation().map(Located::value).orElse(MemorySize.ZERO)
                .times(service.replicas());
    }
}
