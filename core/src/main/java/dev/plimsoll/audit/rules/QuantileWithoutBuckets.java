package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Aggregation;
import dev.plimsoll.prometheus.Expression.Call;
import java.util.stream.Stream;

/// A quantile is computed from data that has lost its buckets.
public final class QuantileWithoutBuckets implements Rule {
    @Override
    public About about() {
        return new About("OBS026", "quantile-without-buckets", Severity.HIGH, Confidence.CERTAIN,
                "histogram_quantile gets an aggregation that drops the label le.",
                "Without le there are no buckets, the result is empty, and the alert never fires.",
                "Aggregate by (le) too.",
                "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> {
            var wrong = monitored.server().rules().filter(rule -> rule.expression().stream()
                    .flatMap(Expression::all).anyMatch(QuantileWithoutBuckets::isWrong)).toList();
            return wrong.stream().limit(1).map(first -> finding(monitored.service(), first.text().where(),
                    Monitored.rules(wrong) + ": histogram_quantile gets an aggregation without le, so there is no "
                            + "result",
                    "Write sum by (le) (…), with the other labels you need"));
        });
    }

    /// Native histograms have no buckets as series and are left alone: their names do not end in `_bucket`.
    private static boolean isWrong(Expression expression) {
        return expression instanceof Call call && call.function().equals("histogram_quantile")
                && call.arguments().size() == 2 && call.arguments().getLast() instanceof Aggregation aggregation
                && !aggregation.keeps("le") && aggregation.operator().equals("sum")
                && aggregation.metrics().stream().anyMatch(name -> name.endsWith("_bucket"));
    }
}
