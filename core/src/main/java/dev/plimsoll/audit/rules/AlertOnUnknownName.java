package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Call;
import dev.plimsoll.prometheus.Expression.Selector;
import dev.plimsoll.prometheus.RuleFile.Definition;
import dev.plimsoll.prometheus.ScrapeJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Alerts select a job or a container that the stack does not have.
public final class AlertOnUnknownName implements Rule {
    @Override
    public About about() {
        return new About("OBS009", "alert-on-unknown-name", Severity.HIGH, Confidence.CERTAIN,
                "Alerts select a job that is not configured, or a container that is not in the stack.",
                "absent() of a series that never existed fires for ever and hides real alerts; any other "
                        + "alert on it never fires.",
                "Correct the name or remove the alerts, which often come from an example.",
                "https://prometheus.io/docs/prometheus/latest/querying/functions/#absent");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).flatMap(monitored -> Stream.concat(unknown(monitored, "job"),
                unknown(monitored, "name")));
    }

    private Stream<Finding> unknown(Monitored monitored, String label) {
        var users = new LinkedHashMap<String, List<Definition>>();
        monitored.alerts().forEach(alert -> alert.expression().stream().flatMap(Expression::selectors)
                .filter(selector -> label.equals("job") || selector.name().startsWith("container_"))
                .flatMap(selector -> selector.label(label).stream()).distinct()
                .filter(value -> !value.isEmpty() && !isKnown(monitored, label, value))
                .forEach(value -> users.computeIfAbsent(value, _ -> new ArrayList<>()).add(alert)));
        return users.entrySet().stream().flatMap(user -> report(monitored, label, user.getKey(), user.getValue()));
    }

    private static boolean isKnown(Monitored monitored, String label, String value) {
        if (label.equals("job")) {
            return monitored.config().hasRemoteSeries() || monitored.server().jobs().stream()
                    .anyMatch(job -> job.mayRenameJob() || job.name().equals(value));
        }
        var stack = monitored.inventory().stack();
        return Stream.concat(stack.services().values().stream(), stack.inactive().values().stream())
                .anyMatch(service -> value.contains(service.name()) || service.text("container_name")
                        .filter(name -> name.value().equals(value)).isPresent());
    }

    private Stream<Finding> report(Monitored monitored, String label, String value, List<Definition> alerts) {
        Predicate<Selector> theirs = selector -> selector.label(label).filter(value::equals).isPresent();
        var always = alerts.stream().filter(alert -> isAbsence(alert, theirs)).toList();
        var never = alerts.stream().filter(alert -> !always.contains(alert) && alert.expression()
                .filter(expression -> Monitored.isEmptyWithout(expression, theirs)).isPresent()).toList();
        var effects = new ArrayList<String>();
        if (!always.isEmpty()) {
            effects.add(Monitored.alerts(always) + (always.size() == 1 ? " fires" : " fire") + " for ever");
        }
        if (!never.isEmpty()) {
            effects.add(Monitored.alerts(never) + " can never fire");
        }
        var isJob = label.equals("job");
        return effects.isEmpty()
                ? Stream.empty()
                : Stream.of(new Finding(id(), Severity.HIGH, isJob ? Confidence.CERTAIN : Confidence.LIKELY,
                        Optional.of(monitored.service().name()), alerts.getFirst().text().where(),
                        (isJob ? "no scrape job is named " : "no container of the stack is named ") + value + ": "
                                + String.join("; ", effects),
                        isJob
                                ? "Use one of the job names: " + Monitored.joined(monitored.server().jobs().stream()
                                        .map(ScrapeJob::name).toList())
                                : "Name a container of the stack or remove the alerts"));
    }

    private static boolean isAbsence(Definition alert, Predicate<Selector> theirs) {
        return alert.expression().filter(expression -> expression instanceof Call call
                && call.function().startsWith("absent") && call.arguments().stream().flatMap(Expression::selectors)
                        .anyMatch(theirs))
                .isPresent();
    }
}
