package dev.plimsoll.report;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.plan.Plan;

/// A plan as Markdown tables, for documents and pull requests.
public final class PlanMarkdown {
    private PlanMarkdown() {}

    public static String of(Plan plan) {
        var host = plan.inventory().host();
        var text = new StringBuilder("### Memory plan of %s on %s and %s\n\n".formatted(
                plan.inventory().stack().name(), host.memory(), host.cpus().inWords()));
        text.append("""
                | service | kind | limit now | limit | reservation | ceiling | CPU share |
                |---|---|---:|---:|---:|---:|---:|
                """);
        plan.services().forEach(service -> text.append("| %s%s | %s | %s | %s | %s | %s | %s |\n".formatted(
                service.service(), service.replicas() > 1 ? " × " + service.replicas() : "", service.kind(),
                service.declaredLimit().map(Object::toString).orElse("none"), service.limit(), service.reservation(),
                service.ceiling().map(Amount::total).map(Object::toString).orElse("its limit"), service.cpuShare())));
        text.append("\nLimits of %s, load line %s.\n".formatted(plan.total(), plan.loadLine()));
        if (!plan.fits()) {
            text.append("\nIt does not fit as declared: it needs at least %s.\n\n".formatted(plan.needed()));
            PlannedChanges.of(plan).forEach(change -> text.append("- ").append(change).append('\n'));
            plan.singles().stream().findFirst().ifPresent(single -> text.append("\nSmallest single change: ")
                    .append(single).append('\n'));
        }
        text.append("\n| service | setting | value | because |\n|---|---|---|---|\n");
        plan.services().forEach(service -> service.choices().forEach(choice -> text.append("| %s | `%s` | `%s` | %s |\n"
                .formatted(service.service(), choice.setting(), choice.value(), choice.arithmetic()))));
        return text.toString();
    }
}
