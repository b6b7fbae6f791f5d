package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Binary;
import java.util.stream.Stream;

/// An alert compares the load with a fixed number.
public final class LoadWithoutCpuCount implements Rule {
    @Override
    public About about() {
        return new About("OBS024", "load-without-cpu-count", Severity.LOW, Confidence.ADVICE,
                "An alert compares node_load with a fixed number, whatever the number of CPUs.",
                "A load of 2 saturates one CPU and leaves eight idle. The alert fires on a healthy large "
                        + "server, or comes too late on a small one.",
                "Divide by the number of CPUs.",
                "https://prometheus.io/docs/practices/alerting/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> {
            var fixed = monitored.alerts().filter(alert -> alert.expression().stream()
                    .flatMap(Expression::conditions).anyMatch(LoadWithoutCpuCount::isFixed)).toList();
            return fixed.stream().limit(1).map(first -> finding(monitored.service(), first.text().where(),
                    Monitored.alerts(fixed) + ": " + Monitored.shortened(first)
                            + " takes no account of the number of CPUs",
                    "Divide: / on (instance) count by (instance) (node_cpu_seconds_total{mode=\"idle\"})"));
        });
    }

    private static boolean isFixed(Binary condition) {
        return condition.right() instanceof Expression.Constant && condition.left().metrics().stream()
                .allMatch(name -> name.matches("node_load(1|5|15)")) && !condition.left().metrics().isEmpty();
    }
}
