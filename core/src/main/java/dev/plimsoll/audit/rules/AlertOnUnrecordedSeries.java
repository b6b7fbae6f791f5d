package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Selector;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An alert uses a recorded series that no rule records.
public final class AlertOnUnrecordedSeries implements Rule {
    @Override
    public About about() {
        return new About("OBS029", "alert-on-unrecorded-series", Severity.HIGH, Confidence.CERTAIN,
                "Alerts use a series that only a recording rule can make, and no loaded rule records it.",
                "Names with a colon are made by recording rules. Alerts copied without the file that records "
                        + "their series never fire.",
                "Add the recording rules to rule_files, or write the expression out.",
                "https://prometheus.io/docs/practices/rules/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> !monitored.hasUnknownSources()
                && monitored.server().ruleFiles().values().stream().allMatch(file -> file.value().isPresent()))
                .flatMap(monitored -> {
                    var recorded = monitored.server().rules().filter(rule -> !rule.alerts())
                            .map(rule -> rule.name().value()).collect(Collectors.toSet());
                    Predicate<Selector> unrecorded = selector -> selector.name().contains(":")
                            && !recorded.contains(selector.name());
                    var dead = monitored.alerts().filter(alert -> alert.expression().filter(expression -> Monitored
                            .isEmptyWithout(expression, unrecorded)).isPresent()).toList();
                    var names = dead.stream().flatMap(alert -> alert.expression().stream())
                            .flatMap(Expression::selectors).filter(unrecorded).map(Selector::name).distinct().toList();
                    return dead.stream().limit(1).map(first -> finding(monitored.service(), first.text().where(),
                            Monitored.alerts(dead) + " can never fire: no rule records " + Monitored.joined(names),
                            "Load the recording rules, or write the expression out"));
                });
    }
}
