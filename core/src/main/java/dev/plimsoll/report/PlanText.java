package dev.plimsoll.report;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.kinds.Term;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A plan for people, 80 columns wide.
public final class PlanText {
    private static final int NAME_WIDTH = 22;

    private PlanText() {}

    public static String of(Plan plan) {
        var text = new StringBuilder(head(plan)).append('\n');
        var table = new Table().row("service", "kind", "limit", "reserve", "ceiling", "cpu");
        plan.services().forEach(service -> table.row(shortened(service.service(), NAME_WIDTH) + (service.replicas() > 1
                ? " ×" + service.replicas()
                : ""), shortened(service.kind(), 13), megabytes(service.limit()),
                megabytes(service.reservation()), service.ceiling().map(Amount::total).map(PlanText::megabytes)
                        .orElse("-"),
                String.format(Locale.ROOT, "%.2f", service.cpuShare().value() / 1000.0)));
        plan.leftOut().forEach(name -> table.row(shortened(name, NAME_WIDTH), "no room", "-", "-", "-", "-"));
        table.row("sum of limits", "", megabytes(plan.total()), "", "", "");
        text.append(table.text()).append("\nSizes in MB for each container; cpu is the share under contention.\n");
        text.append(settings(plan)).append(changed(plan)).append(verdict(plan)).append(measured(plan))
                .append(assumptions(plan));
        return text.toString();
    }

    private static String head(Plan plan) {
        var host = plan.inventory().host();
        var containers = plan.inventory().containers();
        return "%s on %s and %s CPUs\nload line %s = %s - %s for the system and %d container%s\n".formatted(
                plan.inventory().stack().name(), host.memory(), host.cpus(), plan.loadLine(), host.memory(),
                host.reserve(containers), containers, containers == 1 ? "" : "s");
    }

    private static String settings(Plan plan) {
        var text = new StringBuilder();
        for (var service : plan.services()) {
            var line = service.choices().stream().filter(choice -> KEY_SETTINGS.contains(choice.setting()))
                    .map(choice -> choice.setting() + " " + choice.value()).collect(Collectors.joining(", "));
            if (!line.isEmpty()) {
                text.append(text.isEmpty() ? "\nKey settings (all of them: --explain SERVICE)\n" : "")
                        .append(wrapped("  " + service.service() + ": ", line));
            }
        }
        return text.toString();
    }

    private static final List<String> KEY_SETTINGS = List.of("shared_buffers", "work_mem", "max_connections",
            "effective_cache_size", "maintenance_work_mem", "maxmemory", "maxmemory-policy", "appendonly", "-Xmx",
            "--max-old-space-size", "concurrency", "max-memory-per-child", "workers", "innodb_buffer_pool_size",
            "default_pool_size", "pool_mode", "wiredTigerCacheSizeGB", "max_server_memory_usage", "ES_JAVA_OPTS",
            "KAFKA_HEAP_OPTS", "-m", "GOMEMLIMIT", "--storage.tsdb.retention.size", "--storage.tsdb.retention.time",
            "--query.max-samples");

    /// What the user set and the plan sets otherwise.
    private static String changed(Plan plan) {
        var text = new StringBuilder();
        for (var service : plan.services()) {
            var line = service.choices().stream().flatMap(choice -> Current.setting(plan, service, choice)
                    .filter(now -> !Current.isSame(now.value(), choice.value())).stream()
                    .map(now -> choice.setting() + " " + now.value() + " → " + choice.value()))
                    .collect(Collectors.joining(", "));
            if (!line.isEmpty()) {
                text.append(text.isEmpty() ? "\nSettings of yours that change\n" : "")
                        .append(wrapped("  " + service.service() + ": ", line));
            }
        }
        return text.toString();
    }

    private static String verdict(Plan plan) {
        if (plan.fits()) {
            return "\n" + wrapped("It fits" + (changed(plan).isEmpty() ? ": " : " with these settings: "),
                    "limits of " + plan.total()
                            + " stay below the load line of " + plan.loadLine()
                            + ", from which the reserve for the system is already taken.");
        }
        var gap = plan.needed().minus(plan.loadLine());
        var text = new StringBuilder("\n").append(wrapped("It does not fit as declared: ",
                "it needs at least %s, %s more than the load line.".formatted(plan.needed(), gap)));
        text.append(wrapped("Largest need: ", largest(plan.inventory())));
        var smallest = plan.singles().stream().filter(change -> change.service().isPresent()).findFirst();
        text.append(wrapped("Smallest single change: ", smallest.map(Object::toString)
                .orElse("none is enough on one service")));
        plan.singles().stream().filter(change -> change.service().isEmpty()).findFirst()
                .ifPresent(server -> text.append(wrapped("Or: ", server.what() + " holds it as declared")));
        text.append("Cheapest combination, which the table above assumes:\n");
        plan.combination().forEach(change -> text.append(wrapped("  ", change.toString())));
        return text.toString();
    }

    /// The service that is expected to need most, with its arithmetic.
    private static String largest(Inventory inventory) {
        var service = inventory.running().max(Comparator.comparing(running -> expected(inventory, running).total()
                .times(running.replicas()))).orElseThrow();
        var need = expected(inventory, service);
        return service.name() + " " + need.total().times(service.replicas()) + (service.replicas() > 1
                ? " = " + service.replicas() + " containers × " + need.total() + "; each "
                : " = ") + need.terms().stream().map(PlanText::shortly).collect(Collectors.joining(" + "));
    }

    private static String shortly(Term term) {
        return term.what() + " " + term.size() + (term.arithmetic().isEmpty() ? "" : " (" + term.arithmetic() + ")");
    }

    private static Amount expected(Inventory inventory, Recognised service) {
        return service.kind().demand(service, inventory.host()).expected();
    }

    private static String measured(Plan plan) {
        var text = plan.inventory().running().flatMap(service -> service.calibrated().measurements().stream()
                .map(one -> wrapped("  ", service.name() + ": " + one.constant().words() + " " + one.shown() + ", "
                        + one.when().truncatedTo(ChronoUnit.MINUTES))))
                .collect(Collectors.joining());
        return text.isEmpty() ? "" : "\nMeasured (planned with a margin of 10 %)\n" + text;
    }

    private static String assumptions(Plan plan) {
        if (plan.assumptions().isEmpty()) {
            return "";
        }
        return "\nAssumed (x-plimsoll hints replace it)\n" + plan.assumptions().stream()
                .map(assumption -> wrapped("  ", assumption)).collect(Collectors.joining());
    }

    /// One service, or one setting of it, with arithmetic, source and what would change it.
    public static String explain(ServicePlan service, Optional<String> setting) {
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
    public static String explainLeftOut(Recognised service, Host host) {
        var demand = service.kind().demand(service, host);
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
            found.terms().forEach(term -> text.append(wrapped("      ", term.toString())));
        });
    }

    private static void explain(StringBuilder text, Sizing.Choice choice) {
        text.append("  ").append(choice.setting()).append(" = ").append(choice.value()).append('\n');
        text.append(wrapped("      ", "because: " + choice.arithmetic()));
        text.append(wrapped("      ", "source: " + choice.source()));
        text.append(wrapped("      ", "would change with: " + choice.changes()));
    }

    /// Before and after: limits and worst cases as declared against the plan.
    public static String compare(Plan plan) {
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
            table.row(shortened(service.service(), NAME_WIDTH) + (service.replicas() > 1
                    ? " ×" + service.replicas()
                    : ""), service.declaredLimit().map(PlanText::megabytes).orElse("none"),
                    now.map(PlanText::megabytes).orElse("none"), megabytes(service.limit()),
                    service.ceiling().map(Amount::total).map(PlanText::megabytes).orElse(megabytes(service.limit())));
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
            table.row(shortened(service.name(), NAME_WIDTH) + (service.replicas() > 1
                    ? " ×" + service.replicas()
                    : ""), limit.map(PlanText::megabytes).orElse("none"), now.map(PlanText::megabytes).orElse("none"),
                    "-", "-");
        }
        table.row("sum", megabytes(limits), megabytes(worst), megabytes(plan.total()), megabytes(plannedWorst));
        return head(plan) + "\n" + table.text()
                + "\nSizes in MB. Now: %d service%s without a limit, %d without any bound"
                        .formatted(unlimited, unlimited == 1 ? "" : "s", unbounded)
                + ".\n" + (plan.leftOut().isEmpty() ? "" : "No room: " + String.join(", ", plan.leftOut()) + ".\n");
    }

    /// The upgrade path: the same stack on servers of several sizes.
    public static String sizes(List<Plan> plans) {
        var head = new ArrayList<String>(List.of("service"));
        plans.forEach(plan -> head.add(plan.inventory().host().memory().toString()));
        var table = new Table().row(head.toArray(String[]::new));
        plans.getFirst().inventory().running().forEach(service -> {
            var row = new ArrayList<String>(List.of(shortened(service.name(), NAME_WIDTH)));
            plans.forEach(plan -> row.add(plan.service(service.name()).map(planned -> megabytes(planned.limit())
                    + (planned.isLowered() ? "*" : "")).orElse("-")));
            table.row(row.toArray(String[]::new));
        });
        var sums = new ArrayList<String>(List.of("sum of limits"));
        plans.forEach(plan -> sums.add(megabytes(plan.total())));
        table.row(sums.toArray(String[]::new));
        var lines = new ArrayList<String>(List.of("load line"));
        plans.forEach(plan -> lines.add(megabytes(plan.loadLine())));
        table.row(lines.toArray(String[]::new));
        var text = new StringBuilder(table.text()).append("\nLimits in MB. - no room; * a count had to be lowered.\n");
        plans.forEach(plan -> text.append(wrapped(plan.inventory().host().memory() + ": ", bought(plan))));
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

    private static String wrapped(String head, String text) {
        var indent = " ".repeat(head.length() - head.stripLeading().length() + 4);
        return new Paragraph(head, indent).add(text).toString();
    }

    private static String megabytes(MemorySize size) {
        return String.format(Locale.ROOT, "%d", size.megabytes());
    }

    private static String shortened(String name, int width) {
        return name.length() <= width ? name : name.substring(0, width - 1) + "…";
    }
}
