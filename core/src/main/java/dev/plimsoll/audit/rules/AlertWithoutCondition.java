package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Binary;
import dev.plimsoll.prometheus.Expression.Call;
import dev.plimsoll.prometheus.Expression.Selector;
import java.util.stream.Stream;

/// An alert has no comparison, so that it fires whenever its metric exists.
public final class AlertWithoutCondition implements Rule {
    @Override
    public About about() {
        return new About("OBS025", "alert-without-condition", Severity.HIGH, Confidence.CERTAIN,
                "An alert's expression compares nothing.",
                "An alert fires for every series its expression returns, even those with the value 0. Without "
                        + "a comparison it fires from the first scrape and never stops.",
                "Compare the value with a threshold.",
                "https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> monitored.alerts()
                .filter(alert -> alert.expression().filter(AlertWithoutCondition::isUnconditional).isPresent())
                .map(alert -> finding(monitored.service(), alert.text().where(), "alert " + alert.name().value()
                        + ": " + Monitored.shortened(alert) + " compares nothing, so it fires as soon as there is data",
                        "Compare with a threshold, such as `> 0`")));
    }

    /// Whether any series passes. A recorded metric may hold a comparison, `vector(1)` is a deliberate heartbeat, and
    /// a plain selector with matchers may stand for a condition that only exists when it is met.
    private static boolean isUnconditional(Expression expression) {
        return !expression.metrics().isEmpty()
                && !(expression instanceof Selector bare && !bare.matchers().isEmpty())
                && expression.all().noneMatch(part -> switch (part) {
                    case Binary binary -> binary.isFilter() || binary.operator().equals("unless")
                            || binary.operator().equals("and");
                    case Call call -> call.function().startsWith("absent");
                    case Selector selector -> selector.name().isEmpty() || selector.name().contains(":")
                            || selector.name().equals("ALERTS");
                    default -> false;
                });
    }
}
