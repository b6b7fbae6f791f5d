package dev.plimsoll.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// All outcomes of a run, and the medians over its rounds.
final class Results {
    private final Map<Key, List<Outcome>> outcomes = new LinkedHashMap<>();

    private record Key(String step, String contestant) {}

    void add(Step step, Contestant contestant, Outcome outcome) {
        outcomes.computeIfAbsent(new Key(step.id(), contestant.id()), _ -> new ArrayList<>()).add(outcome);
    }

    List<Outcome> of(Step step, Contestant contestant) {
        return outcomes.getOrDefault(new Key(step.id(), contestant.id()), List.of());
    }

    boolean refused(Step step, Contestant contestant) {
        return of(step, contestant).stream().anyMatch(Outcome::refused);
    }

    /// Over the rounds; empty when the server refused the clients.
    OptionalDouble median(Step step, Contestant contestant, ToDoubleFunction<Outcome> figure) {
        return refused(step, contestant)
                ? OptionalDouble.empty()
                : median(of(step, contestant).stream().mapToDouble(figure));
    }

    /// Of the index builds; empty when none came to its end.
    OptionalDouble buildMillis(Step step, Contestant contestant) {
        return median(of(step, contestant).stream().map(Outcome::build).flatMap(Optional::stream)
                .mapToDouble(Duration::toMillis));
    }

    long oomKills(Contestant contestant) {
        return all(contestant).mapToLong(Outcome::oomKills).sum();
    }

    int breaks(Contestant contestant) {
        return all(contestant).mapToInt(Outcome::breaks).sum();
    }

    private Stream<Outcome> all(Contestant contestant) {
        return outcomes.entrySet().stream().filter(entry -> entry.getKey().contestant().equals(contestant.id()))
                .flatMap(entry -> entry.getValue().stream());
    }

    Held peak(Step step, Contestant contestant) {
        return of(step, contestant).stream().map(Outcome::peak).reduce(Held.NOTHING, Held::larger);
    }

    /// The value in the middle, or between the two there.
    static OptionalDouble median(DoubleStream values) {
        var sorted = values.sorted().toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }

    static double geometricMean(List<Double> ratios) {
        return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    }
}
