package dev.plimsoll.evidence;

import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A verification as it was recorded.
///
/// @param version Plimsoll's own
/// @param runtime where the stack ran
/// @param scenarios those that were asked for
public record Verified(String version, String project, String profile, String runtime, Instant when,
        List<Result> scenarios) {
    public Verified {
        scenarios = List.copyOf(scenarios);
    }

    public Optional<Result> scenario(String id) {
        return scenarios.stream().filter(result -> result.id().equals(id)).findFirst();
    }

    public int count(Check.Verdict verdict) {
        return scenarios.stream().mapToInt(result -> result.count(verdict)).sum();
    }
}
