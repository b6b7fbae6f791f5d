package dev.plimsoll.plan;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.Demand;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.List;
import java.util.Optional;

/// What the plan decides for one service. Sizes are for one container.
///
/// @param replicas containers the plan has room for
/// @param declaredReplicas containers the Compose file asks for
/// @param declaredLimit the limit in the Compose file
/// @param configured the demand with the settings it has now
/// @param limit the hard limit
/// @param reservation what it is expected to use, never above the limit
/// @param ceiling the worst case with the planned settings, never above the limit; empty when only the limit bounds it
/// @param level the lever's planned value
/// @param cpuShare its part of the CPUs when all services want them at once
/// @param choices its settings
public record ServicePlan(String service, String kind, int replicas, int declaredReplicas,
        Optional<MemorySize> declaredLimit,
        Demand configured, MemorySize limit, MemorySize reservation, Optional<Amount> ceiling,
        Optional<Sizing.Lever> lever, int level, Millicores cpuShare, List<Sizing.Choice> choices) {
    public ServicePlan {
        choices = List.copyOf(choices);
    }

    /// The limits of all its containers.
    public MemorySize total() {
        return limit.times(replicas);
    }

    public Optional<Sizing.Choice> choice(String setting) {
        return choices.stream().filter(choice -> choice.setting().equals(setting)).findFirst();
    }

    /// Whether a count had to be lowered.
    public boolean isLowered() {
        return replicas < declaredReplicas || lever.filter(found -> level < found.declared()).isPresent();
    }
}
