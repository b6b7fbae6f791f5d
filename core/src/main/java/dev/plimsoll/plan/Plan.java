package dev.plimsoll.plan;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;

/// The budget of a stack on a host.
///
/// Always holds: the limits of all containers together stay below the load line, and every ceiling below its limit.
///
/// @param services those that have a place, in the order of the Compose files
/// @param leftOut names of services that have no place even after all changes
/// @param needed the limits the stack needs at least as declared
/// @param singles changes of which each alone makes the stack fit, cheapest first; empty when it fits
/// @param combination the changes this plan makes; empty when it fits as declared
/// @param assumptions what was assumed for want of a fact
public record Plan(Inventory inventory, MemorySize loadLine, List<ServicePlan> services, List<String> leftOut,
        MemorySize needed, List<Change> singles, List<Change> combination, List<String> assumptions) {
    public Plan {
        services = List.copyOf(services);
        leftOut = List.copyOf(leftOut);
        singles = List.copyOf(singles);
        combination = List.copyOf(combination);
        assumptions = List.copyOf(assumptions);
    }

    /// Whether the stack fits without giving anything up.
    public boolean fits() {
        return combination.isEmpty();
    }

    /// The limits of all containers.
    public MemorySize total() {
        return services.stream().map(ServicePlan::total).reduce(MemorySize.ZERO, MemorySize::plus);
    }

    public Optional<ServicePlan> service(String name) {
        return services.stream().filter(service -> service.service().equals(name)).findFirst();
    }
}
