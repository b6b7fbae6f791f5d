package dev.plimsoll.verify;

import dev.plimsoll.load.LoadRun;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.verify.Check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A running stack held against its lock.
///
/// @param results in the order of [Scenarios]
public record Verification(Lock lock, Instant when, List<Result> results, Observations seen) {
    public Verification {
        results = List.copyOf(results);
    }

    /// @param only ids of the scenarios to run; empty for all
    public static Verification of(Lock lock, Observations seen, Instant when, Collection<String> only) {
        return of(lock, seen, when, only, List.of(), List.of());
    }

    /// @param runs load runs of the same plan, oldest first
    /// @param past looks at the same stack before this one, oldest first
    public static Verification of(Lock lock, Observations seen, Instant when, Collection<String> only,
            List<LoadRun> runs, List<Verification> past) {
        var earlier = earlier(past, when.minus(LimitChecks.RECENTLY));
        var results = new ArrayList<Result>();
        for (var scenario : Scenarios.ALL) {
            if (only.isEmpty() || only.contains(scenario.id())) {
                results.add(new Result(Scenarios.ALL.indexOf(scenario) + 1, scenario.id(), scenario.title(),
                        scenario.checks(new Look(lock, seen, results, runs, earlier))));
            }
        }
        return new Verification(lock, when, results, seen);
    }

    /// The last look up to a moment; the first one when all were later.
    private static Observations earlier(List<Verification> past, Instant until) {
        return past.stream().filter(look -> !look.when().isAfter(until)).reduce((_, later) -> later)
                .or(() -> past.stream().findFirst()).map(Verification::seen).orElse(Observations.NONE);
    }

    public int count(Verdict verdict) {
        return results.stream().mapToInt(result -> result.count(verdict)).sum();
    }

    public boolean passed() {
        return count(Verdict.FAILED) == 0;
    }
}
