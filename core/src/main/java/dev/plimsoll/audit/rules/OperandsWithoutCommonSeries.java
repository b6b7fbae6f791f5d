package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Binary;
import dev.plimsoll.prometheus.VectorLabels;
import java.util.List;
import java.util.stream.Stream;

/// An operator joins series that cannot have the same labels.
public final class OperandsWithoutCommonSeries implements Rule {
    @Override
    public About about() {
        return new About("OBS028", "operands-without-common-series", Severity.HIGH, Confidence.CERTAIN,
                "An operator joins plain series with an aggregation that has lost their instance or job.",
                "Prometheus joins two vectors by equal labels. A scraped series always has instance and job; "
                        + "a sum without them has not, so nothing matches and the alert never fires.",
                "Aggregate both sides alike, or say on which labels to match with on(…) and group_left.",
                "https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> monitored.server().rules()
                .filter(rule -> rule.expression().stream().flatMap(Expression::all)
                        .anyMatch(part -> part instanceof Binary binary && VectorLabels.neverMeet(binary)))
                .map(rule -> finding(monitored.service(), rule.text().where(), Monitored.rules(List.of(rule))
                        + " never has a result: in " + Monitored.shortened(rule)
                        + " one side has the labels instance and job, the other has not",
                        "Aggregate both sides by the same labels, or add on(…) group_left")));
    }
}
