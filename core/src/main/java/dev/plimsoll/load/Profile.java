package dev.plimsoll.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A load with a name, and what the service should keep to under it.
///
/// @param name one word
public record Profile(String name, Arrivals arrivals, List<Objective> objectives) {
    public Profile {
        objectives = List.copyOf(objectives);
    }

    public Duration span() {
        return arrivals.span();
    }

    public Optional<Objective> objective(Objective.Measure measure) {
        return objectives.stream().filter(one -> one.measure() == measure).findFirst();
    }
}
