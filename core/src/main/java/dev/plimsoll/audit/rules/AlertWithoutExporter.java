package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Selector;
import dev.plimsoll.prometheus.MetricSource;
import dev.plimsoll.prometheus.RuleFile.Definition;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Alerts use metrics that nothing in the stack exports.
public final class AlertWithoutExporter implements Rule {
    @Override
    public About about() {
        return new About("OBS006", "alert-without-exporter", Severity.HIGH, Confidence.CERTAIN,
                "Alerts use metrics of an exporter that Prometheus does not scrape.",
                "An expression over a metric that does not exist is empty, and empty never fires. A rule that "
                        + "never fires looks like a healthy system.",
                "Add the exporter and scrape it, or remove the alerts.",
                "https://prometheus.io/docs/instrumenting/exporters/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> !monitored.hasUnknownSources())
                .flatMap(this::perSource);
    }

    private Stream<Finding> perSource(Monitored monitored) {
        return MetricSource.ALL.stream().filter(source -> !monitored.scrapes(source)).flatMap(source -> {
            Predicate<Selector> theirs = selector -> source.metrics().matcher(selector.name()).matches();
            var dead = monitored.alerts().filter(alert -> alert.expression()
                    .filter(expression -> Monitored.isEmptyWithout(expression, theirs)).isPresent()).toList();
            return dead.isEmpty() ? Stream.empty() : Stream.of(report(monitored, source, dead, theirs));
        });
    }

    private Finding report(Monitored monitored, MetricSource source, List<Definition> dead,
            Predicate<Selector> theirs) {
        var metrics = dead.stream().flatMap(alert -> alert.expression().stream())
                .flatMap(Expression::selectors).filter(theirs).map(Selector::name).distinct().toList();
        var outside = monitored.hasOutsideTargets();
        return new Finding(id(), outside ? Severity.MEDIUM : Severity.HIGH,
                outside ? Confidence.LIKELY : Confidence.CERTAIN, Optional.of(monitored.service().name()),
                dead.getFirst().text().where(), Monitored.alerts(dead) + " can never fire: "
                        + monitored.service().name() + " scrapes no " + source.name() + ", so there is no "
                        + Monitored.joined(metrics),
                "Add " + source.name() + " and a scrape job for port " + source.ports().getFirst());
    }
}
