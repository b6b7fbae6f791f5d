package dev.plimsoll.report;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.DocumentedNeed;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.stack.Host;
import java.util.Optional;

/// What is planned for one service, or left of it, with arithmetic, source and what would change it.
public final class PlanExplanation {
    private PlanExplanation() {}

    /// One service, or one setting of it, with arithmetic, source and what would change it.
    public static String of(ServicePlan service, Optional<String> setting) {
        var text = new StringBuilder();
        if (setting.isEmpty()) {
            text.append("%s (%s)%n  limit %s, reservation %s%s%n".formatted(service.service(), service.kind(),
                    service.limit(), service.reservation(), service.replicas() > 1
                            ? ", " + service.replicas()
                                    + " containers"
                            : ""));
            service.declaredLimit().ifPresent(limit -> text.append("  limit now: ").append(limit).append('\n'));
            amount(text, "needed now, idle", Optional.of(service.configured().floor()));
            amount(text, "needed now, expected", Optional.of(service.configured().expected()));
            amount(text, "needed now, at worst", service.configured().ceiling());
            amount(text, "ceiling as planned", service.ceiling());
            if (service.ceiling().isEmpty()) {
                text.append("  ceiling: nothing but the limit bounds this service\n");
            }
        }
        service.choices().stream().filter(choice -> setting.isEmpty() || choice.setting().equals(setting.get()))
                .forEach(choice -> explain(text, choice));
        return text.toString();
    }

    /// A service that has no room in the plan: what it needs, and nothing planned.
    public static String ofLeftOut(Recognised service, Host host) {
        var demand = DocumentedNeed.demand(service, host);
        var replicas = service.replicas();
        var text = new StringBuilder("%s (%s)%n  no room in this plan%n".formatted(service.name(), service.kind()
                .id()));
        service.limit().ifPresent(limit -> text.append("  limit now: ").append(limit.value()).append('\n'));
        amount(text, "needed now, idle", Optional.of(demand.floor()));
        amount(text, "needed now, expected", Optional.of(demand.expected()));
        amount(text, "needed now, at worst", demand.ceiling());
        if (replicas > 1) {
            text.append("  needed by all, expected: %s = %d containers × %s%n".formatted(demand.expected().total()
                    .times(replicas), replicas, demand.expected().total()));
        }
        return text.toString();
    }

    private static void amount(StringBuilder text, String title, Optional<Amount> amount) {
        amount.ifPresent(found -> {
            text.append("  %s: %s%n".formatted(title, found.total()));
            for (var term : found.terms()) {
                text.append(PlanText.wrapped("      ", term.toString()));
                if (term.what().equals(DocumentedNeed.TERM)) {
                    text.append("      source: ").append(term.source()).append('\n');
                }
            }
        });
    }

    private static void explain(StringBuilder text, Sizing.Choice choice) {
        text.append("  ").append(choice.setting()).append(" = ").append(choice.value()).append('\n');
        text.append(PlanText.wrapped("      ", "because: " + choice.arithmetic()));
        text.append(PlanText.wrapped("      ", "source: " + choice.source()));
        text.append(PlanText.wrapped("      ", "would change with: " + choice.changes()));
    }
}
