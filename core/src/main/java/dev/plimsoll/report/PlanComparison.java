package dev.plimsoll.report;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Plans side by side: with what is there now, or with each other.
public final class PlanComparison {
    private PlanComparison() {}

    /// Before and after: limits and worst cases as declared against the plan.
    public static String withNow(Plan plan) {
        var table = new Table().row("service", "limit now", "settings allow", "limit planned", "settings allow");
        var limits = MemorySize.ZERO;
        var worst = MemorySize.ZERO;
        var unlimited = 0;
        var unbounded = 0;
        for (var service : plan.services()) {
            var now = service.configured().ceiling().map(Amount::total);
            limits = limits.plus(service.declaredLimit().orElse(MemorySize.ZERO).times(service.replicas()));
            worst = worst.plus(now.orElse(MemorySize.ZERO).times(service.replicas()));
            unlimited += service.declaredLimit().isEmpty() ? 1 : 0;
            unbounded += now.isEmpty() ? 1 : 0;
            table.row(PlanText.shortened(service.service()) + (service.replicas() > 1
                    ? " ×" + service.replicas()
                    : ""), service.declaredLimit().map(PlanText::megabytes).orElse("none"),
                    now.map(PlanText::megabytes).orElse("none"), PlanText.megabytes(service.limit()),
                    service.ceiling().map(Amount::total).map(PlanText::megabytes).orElse("-"));
        }
        var plannedWorst = plan.services().stream().map(s -> s.ceiling().map(Amount::total).orElse(s.limit())
                .times(s.replicas())).reduce(MemorySize.ZERO, MemorySize::plus);
        for (var service : plan.inventory().running().filter(one -> plan.leftOut().contains(one.name())).toList()) {
            var limit = service.limit().map(Located::value);
            var now = service.kind().demand(service, plan.inventory().host()).ceiling().map(Amount::total);
            limits = limits.plus(limit.orElse(MemorySize.ZERO).times(service.replicas()));
            worst = worst.plus(now.orElse(MemorySize.ZERO).times(service.replicas()));
            unlimited += limit.isEmpty() ? 1 : 0;
            unbounded += now.isEmpty() ? 1 : 0;
            table.row(PlanText.shortened(service.name()) + (service.replicas() > 1
                    ? " ×" + service.replicas()
                    : ""), limit.map(PlanText::megabytes).orElse("none"), now.map(PlanText::megabytes).orElse("none"),
                    "-", "-");
        }
        table.row("sum", PlanText.megabytes(limits), PlanText.megabytes(worst), PlanText.megabytes(plan.total()),
                PlanText.megabytes(plannedWorst));
        return PlanText.head(plan) + "\n" + table.text()
                + "\nSizes in MB; - where only the limit bounds it, which the sum then counts.\n"
                + "Now: %d service%s without a limit, %d without any bound"
                        .formatted(unlimited, unlimited == 1 ? "" : "s", unbounded)
                + ".\n" + (plan.leftOut().isEmpty() ? "" : "No room: " + String.join(", ", plan.leftOut()) + ".\n");
    }

    /// The upgrade path: the same stack on servers of several sizes.
    public static String ofSizes(List<Plan> plans) {
        var head = new ArrayList<String>(List.of("service"));
        plans.forEach(plan -> head.add(plan.inventory().host().memory().toString()));
        var table = new Table().row(head.toArray(String[]::new));
        plans.getFirst().inventory().running().forEach(service -> {
            var row = new ArrayList<String>(List.of(PlanText.shortened(service.name())));
            plans.forEach(
                    plan -> row.add(plan.service(service.name()).map(planned -> PlanText.megabytes(planned.limit())
                            + (planned.isLowered() ? "*" : "")).orElse("-")));
            table.row(row.toArray(String[]::new));
        });
        var sums = new ArrayList<String>(List.of("sum of limits"));
        plans.forEach(plan -> sums.add(PlanText.megabytes(plan.total())));
        table.row(sums.toArray(String[]::new));
        var lines = new ArrayList<String>(List.of("load line"));
        plans.forEach(plan -> lines.add(PlanText.megabytes(plan.loadLine())));
        table.row(lines.toArray(String[]::new));
        var text = new StringBuilder(table.text()).append("\nLimits in MB. - no room; * a count had to be lowered.\n");
        plans.forEach(plan -> text.append(PlanText.wrapped(plan.inventory().host().memory() + ": ", bought(plan))));
        return text.toString();
    }

    private static String bought(Plan plan) {
        if (!plan.fits()) {
            return "does not fit as declared; " + plan.combination().stream().map(change -> change.service().orElse("")
                    + " " + change.what()).collect(Collectors.joining("; "));
        }
        var settings = plan.services().stream().flatMap(service -> service.choices().stream()
                .filter(choice -> List.of("shared_buffers", "work_mem", "maxmemory", "-Xmx",
                        "innodb_buffer_pool_size").contains(choice.setting()))
                .map(choice -> service.service() + " " + choice.setting() + " " + choice.value()))
                .collect(Collectors.joining(", "));
        return "fits" + (settings.isEmpty() ? "" : "; " + settings);
    }
}
