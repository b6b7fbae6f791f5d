package dev.plimsoll.report;

import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Check.Verdict;
import dev.plimsoll.verify.Result;
import dev.plimsoll.verify.Trend;
import dev.plimsoll.verify.Verification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A verification for programs; `schema/verification.schema.json` describes it.
public final class VerifyJson {
    private VerifyJson() {}

    /// @param version Plimsoll's own
    /// @param runtime where the stack runs
    public static Map<String, @Nullable Object> of(String version, String runtime, Verification verification) {
        return Fields.of("version", version, "project", verification.lock().project(), "profile", verification.lock()
                .profile(), "runtime", runtime, "when", verification.when().toString(), "passed",
                verification
                        .passed(),
                "counts", counts(verification), "scenarios", verification.results().stream().map(VerifyJson::result)
                        .toList(),
                "observations", verification.seen().facts().stream().map(VerifyJson::fact).toList(), "gaps",
                verification.seen().gaps().stream().map(gap -> Fields.of("service", gap.service().orElse(null),
                        "what", gap.what(), "why", gap.why())).toList());
    }

    private static Map<String, @Nullable Object> counts(Verification verification) {
        return Fields.of("passed", verification.count(Verdict.PASSED), "failed", verification.count(Verdict.FAILED),
                "advice", verification.count(Verdict.ADVICE), "not_run", verification.count(Verdict.NOT_RUN));
    }

    private static Map<String, @Nullable Object> result(Result result) {
        return Fields.of("number", result.number(), "id", result.id(), "title", result.title(), "verdict", word(result
                .verdict()), "checks", result.checks().stream().map(VerifyJson::check).toList());
    }

    private static Map<String, @Nullable Object> check(Check check) {
        return Fields.of("service", check.service().orElse(null), "what", check.what(), "verdict", word(check
                .verdict()), "found", check.found(), "remedy", check.remedy(), "evidence", check.evidence().stream()
                        .map(VerifyJson::fact).toList());
    }

    private static Map<String, @Nullable Object> fact(Observation fact) {
        return Fields.of("service", fact.service().orElse(null), "container", fact.container(), "what", fact.what(),
                "value", fact.value(), "unit", fact.unit().name().toLowerCase(Locale.ROOT), "when", fact.when()
                        .toString(),
                "how", fact.how());
    }

    /// The looks of a watch, with what changed between them.
    public static Map<String, @Nullable Object> of(String version, String runtime, List<Verification> looks) {
        var trend = Trend.of(looks);
        return Fields.of("looks", looks.stream().map(look -> of(version, runtime, look)).toList(), "trends", trend
                .lines().stream().map(line -> Fields.of("service", line.service(), "what", line.what(), "unit", line
                        .unit().name().toLowerCase(Locale.ROOT), "first", line.first(), "last", line.last(), "per_hour",
                        line.perHour()))
                .toList(), "new_failures", trend.newFailures());
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
