package dev.plimsoll.report;

import dev.plimsoll.evidence.Criterion.Outcome;
import dev.plimsoll.evidence.Evidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stack's report for programs; `schema/report.schema.json` describes it.
public final class StackReportJson {
    private StackReportJson() {}

    /// @param version Plimsoll's own
    public static Map<String, @Nullable Object> of(String version, StackReport report) {
        var readiness = report.readiness();
        return Fields.of("version", version, "project", report.project(), "verdict", readiness.outcome().name()
                .toLowerCase(java.util.Locale.ROOT), "points",
                points(readiness.points(Outcome.PASSED), readiness
                        .points(Outcome.FAILED), readiness.points(Outcome.NOT_RUN)),
                "categories", readiness
                        .categories().stream().map(category -> Fields.of("name", category.name(), "worth", category
                                .points(), "points",
                                points(category.points(Outcome.PASSED), category.points(
                                        Outcome.FAILED), category.points(Outcome.NOT_RUN)),
                                "criteria", category
                                        .criteria().stream().map(one -> Fields.of("what", one.what(), "verdict", one
                                                .outcome().name().toLowerCase(java.util.Locale.ROOT), "found",
                                                one
                                                        .found(),
                                                "evidence", one.evidence()))
                                        .toList()))
                        .toList(),
                "comparison",
                report.comparison().rows().stream().map(row -> Fields.of("what", row.what(), "before", row.before(),
                        "after", row.after())).toList(),
                "evidence", files(report.evidence()));
    }

    private static Map<String, @Nullable Object> points(double shown, double failed, double open) {
        return Fields.of("shown", shown, "failed", failed, "not_run", open);
    }

    private static Map<String, @Nullable Object> files(Evidence evidence) {
        return Fields.of("verifications", evidence.verifications().stream().map(Evidence.Item::file).toList(), "runs",
                evidence.runs().stream().map(Evidence.Item::file).toList(), "starts", evidence.startUps().stream()
                        .map(Evidence.Item::file).toList(),
                "measurements", evidence.measurements().stream()
                        .map(Evidence.Item::file).toList());
    }
}
