package dev.plimsoll.verify;

import dev.plimsoll.verify.Check.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Several looks at a stack as one verification: the last look, and what failed in an earlier one. What was well again
/// when nobody looked would be forgotten otherwise.
public final class Watched {
    private final List<Verification> looks;

    private Watched(List<Verification> looks) {
        this.looks = looks;
    }

    /// @param looks in the order of time, one at least
    public static Verification whole(List<Verification> looks) {
        return new Watched(looks).whole();
    }

    private Verification whole() {
        var last = looks.getLast();
        return new Verification(last.lock(), last.when(), last.results().stream().map(this::whole).toList(), last
                .seen());
    }

    /// An expectation of one scenario.
    private record Expected(Optional<String> service, String what) {
        static Expected of(Check check) {
            return new Expected(check.service(), check.what());
        }
    }

    private Result whole(Result last) {
        var failed = failures(last.id());
        last.checks().stream().filter(check -> check.verdict() == Verdict.FAILED).map(Expected::of).forEach(
                failed::remove);
        var checks = new ArrayList<Check>();
        last.checks().forEach(check -> checks.add(Optional.ofNullable(failed.remove(Expected.of(check)))
                .orElse(check)));
        checks.addAll(failed.values());
        return new Result(last.number(), last.id(), last.title(), checks);
    }

    /// Each expectation that failed in any look, as it was in the first of them.
    private Map<Expected, Check> failures(String scenario) {
        var failures = new LinkedHashMap<Expected, Check>();
        for (var look : looks) {
            look.results().stream().filter(result -> result.id().equals(scenario)).flatMap(result -> result.checks()
                    .stream()).filter(check -> check.verdict() == Verdict.FAILED).forEach(
                            check -> failures.computeIfAbsent(Expected.of(check), _ -> dated(scenario, look, check)));
        }
        return failures;
    }

    private Check dated(String scenario, Verification look, Check check) {
        var times = looks.stream().filter(each -> each.results().stream().filter(result -> result.id().equals(scenario))
                .flatMap(result -> result.checks().stream()).anyMatch(other -> other.verdict() == Verdict.FAILED
                        && Expected.of(other).equals(Expected.of(check))))
                .count();
        return new Check(check.service(), check.what(), check.verdict(), check.found() + " (at " + look.when()
                .truncatedTo(ChronoUnit.SECONDS) + ", in " + times + " of " + looks.size() + " looks, not in the last)",
                check.remedy(), check.evidence());
    }
}
