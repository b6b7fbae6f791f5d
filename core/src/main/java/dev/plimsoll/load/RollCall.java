package dev.plimsoll.load;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Holds looks at a stack against the containers that were planned: one that was removed leaves no trace of its own.
/// Not safe for several threads.
final class RollCall {
    private final List<LockedService> planned;
    private final Map<String, NavigableSet<Integer>> known = new HashMap<>();

    RollCall(List<LockedService> planned) {
        this.planned = List.copyOf(planned);
    }

    /// Numbers of the missing containers by their service, in the order of the plan: those that an earlier look showed,
    /// then the lowest. None when the look could not list the containers.
    Map<String, List<Integer>> missing(Observations seen) {
        var missing = new LinkedHashMap<String, List<Integer>>();
        if (seen.gaps().stream().anyMatch(gap -> gap.service().isEmpty())) {
            return missing;
        }
        for (var service : planned) {
            var there = seen.of(service.name()).map(fact -> Math.max(1, fact.container()))
                    .collect(Collectors.toCollection(
                            TreeSet::new));
            var before = known.computeIfAbsent(service.name(), _ -> new TreeSet<>());
            var candidates = Stream.concat(before.stream(), IntStream.rangeClosed(1, service.replicas()).boxed());
            missing.put(service.name(), candidates.distinct().filter(number -> !there.contains(number)).limit(Math.max(
                    0, service.replicas() - there.size())).toList());
            before.addAll(there);
        }
        return missing;
    }
}
