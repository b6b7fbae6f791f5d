package dev.plimsoll.calibrate;

import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.units.MemorySize;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One container at one moment: its memory, and how much there was of what its model counts.
///
/// @param when its memory was read
public record State(String service, int container, Map<String, Observation> facts, MemorySize held,
        MemorySize workingSet, Instant when) {
    public State {
        facts = Map.copyOf(facts);
    }

    /// Empty when the container's memory was not seen.
    public static Optional<State> of(Observations seen, String service, int container) {
        var facts = new LinkedHashMap<String, Observation>();
        seen.of(service).filter(fact -> fact.container() == container)
                .forEach(fact -> facts.putIfAbsent(fact.what(), fact));
        return Optional.ofNullable(facts.get("memory.anonymous")).flatMap(anonymous -> size(facts, "memory.anonymous")
                .map(private_ -> new State(service, container, facts, private_
                        .plus(size(facts, "memory.shared").orElse(MemorySize.ZERO))
                        .plus(size(facts, "memory.kernel").orElse(MemorySize.ZERO)),
                        size(facts, "memory.working_set").orElse(MemorySize.ZERO), anonymous.when())));
    }

    private static Optional<MemorySize> size(Map<String, Observation> facts, String what) {
        return Optional.ofNullable(facts.get(what)).flatMap(Observation::number).filter(bytes -> bytes >= 0)
                .map(bytes -> MemorySize.ofBytes(bytes.longValue()));
    }

    public Optional<MemorySize> size(String what) {
        return size(facts, what);
    }

    public Optional<Double> number(String what) {
        return Optional.ofNullable(facts.get(what)).flatMap(Observation::number);
    }

    public Optional<Long> count(String what) {
        return number(what).filter(value -> value >= 0).map(Math::round);
    }
}
