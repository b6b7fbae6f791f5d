package dev.plimsoll.report;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.DocumentedNeed;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Plans side by side: with what is there now, or with each other.
public final class PlanComparison {
    /// More make the table wider than a terminal.
    private static final int SIZES_IN_A_ROW = 6;

    private PlanComparison() {}

    /// One service as declared and as planned.
    ///
    /// @param worst what its settings allow now; empty when they do not bound it
    /// @param planned empty when there is no room for it
    private record Row(String name, int replicas, Optional<MemorySize> limit, Optional<MemorySize> worst,
            Optional<ServicePlan> planned) {
        static Row of(Recognised service, Plan plan) {
            var demand = DocumentedNeed.demand(service, plan.inventory().host());
            return new Row(service.name(), service.replicas(), service.limit().map(Located::value), demand.ceiling()
                    .map(Amount::total), plan.service(service.name()));
        }

        /// For all containers, with the limit where nothing else bounds it.
        MemorySize worstOfAll() {
            return worst.or(() -> limit).orElse(MemorySize.ZERO).times(replicas);
        }

        private String containers() {
            var fewer = planned.map(ServicePlan::replicas).filter(count -> count < replicas);
            return replicas == 1 ? "" : " ×" + replicas + fewer.map(count -> "→" + count).orElse("");
        }

        void addTo(Table table) {
            table.row(PlanText.shortened(name) + containers(), limit.map(PlanText::megabytes).orElse("none"), worst.map(
                    PlanText::megabytes).orElse(limit.isPresent() ? "-" : "none"),
                    planned.map(found -> PlanText.megabytes(found.limit())).orElse("-"),
                    planned.flatMap(ServicePlan::ceiling).map(Amount::total).map(PlanText::megabytes).orElse("-"));
        }
    }

    /// Before and after: limits and worst cases as declared against the plan.
    public static String withNow(Plan plan) {
        var table = new Table().row("service", "limit now", "settings allow", "limit planned", "settings allow");
        var rows = plan.inventory().running().map(service -> Row.of(service, plan)).toList();
        rows.forEach(row -> row.addTo(table));
        var plannedWorst = sum(plan.services().stream().map(one -> one.ceiling().map(Amount::total).orElse(one.limit())
                .times(one.replicas())));
        table.row("sum", PlanText.megabytes(sum(rows.stream().map(row -> row.limit().orElse(MemorySize.ZERO).times(row
                .replicas())))), PlanText.megabytes(sum(rows.stream().map(Row::worstOfAll))), PlanText.megabytes(plan
                        .total()),
                PlanText.megabytes(plannedWorst));
        var unlimited = rows.stream().filter(row -> row.limit().isEmpty()).count();
        return PlanText.head(plan) + "\n" + table.text()
                + "\nSizes in MB for each container; the sums are of all. - where only the limit\n"
                + "bounds it, which the sum then counts.\n"
                + "Now: %d service%s without a limit, %d without any bound.\n".formatted(unlimited, unlimited == 1
                        ? ""
                        : "s", rows.stream().filter(row -> row.limit().isEmpty() && row.worst().isEmpty()).count())
                + (plan.leftOut().isEmpty() ? "" : "No room: " + String.join(", ", plan.leftOut()) + ".\n");
    }

    private static MemorySize sum(Stream<MemorySize> sizes) {
        return sizes.reduce(MemorySize.ZERO, MemorySize::plus);
    }

    /// The upgrade path: the same stack on servers of several sizes.
    public static String ofSizes(List<Plan> plans) {
        var text = new StringBuilder();
        for (var from = 0; from < plans.size(); from += SIZES_IN_A_ROW) {
            text.append(from == 0 ? "" : "\n").append(table(plans.subList(from, Math.min(plans.size(), from
                    + SIZES_IN_A_ROW))));
        }
        text.append("\nLimits in MB. - no room; * a count had to be lowered.\n");
        plans.forEach(plan -> text.append(PlanText.wrapped(plan.inventory().host().memory() + ": ", bought(plan))));
        return text.toString();
    }

    private static String table(List<Plan> plans) {
        var table = new Table().row(cells("service", plans, plan -> plan.inventory().host().memory().toString()));
        plans.getFirst().inventory().running().forEach(service -> table.row(cells(PlanText.shortened(service.name()),
                plans, plan -> plan.service(service.name()).map(planned -> PlanText.megabytes(planned.limit())
                        + (planned.isLowered() ? "*" : "")).orElse("-"))));
        return table.row(cells("sum of limits", plans, plan -> PlanText.megabytes(plan.total())))
                .row(cells("load line", plans, plan -> PlanText.megabytes(plan.loadLine()))).text();
    }

    private static String[] cells(String first, List<Plan> plans, Function<Plan, String> cell) {
        return Stream.concat(Stream.of(first), plans.stream().map(cell)).toArray(String[]::new);
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
