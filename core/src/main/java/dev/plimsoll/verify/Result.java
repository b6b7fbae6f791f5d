package dev.plimsoll.verify;

import dev.plimsoll.verify.Check.Verdict;
import java.util.List;

/// What became of one scenario.
public record Result(int number, String id, String title, List<Check> checks) {
    public Result {
        checks = List.copyOf(checks);
    }

    /// Failed when a check failed, not run when none was run.
    public Verdict verdict() {
        if (count(Verdict.FAILED) > 0) {
            return Verdict.FAILED;
        }
        return count(Verdict.NOT_RUN) == checks.size() ? Verdict.NOT_RUN : Verdict.PASSED;
    }

    public int count(Verdict verdict) {
        return (int) checks.stream().filter(check -> check.verdict() == verdict).count();
    }
}
