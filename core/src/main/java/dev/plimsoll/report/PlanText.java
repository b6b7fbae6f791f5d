package dev.plimsoll.report;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.DocumentedNeed;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Term;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.units.MemorySize;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A plan for people, 80 columns wide.
public final class PlanText {
    private static final int NAME_WIDTH = 22;
    private static final int MOST_NEEDS = 4;
    private static final String LEGEND = """

            MB for each container. limit: what the kernel enforces; reserve: what it is
            expected to hold; ceiling: the most its settings permit, - where only the limit
            bounds it. cpu: cores it gets when all want some.
            """;

    private PlanText() {}

    public static String of(Plan plan) {
        var text = new StringBuilder(head(plan)).append('\n');
        var table = new Table().row("service", "kind", "limit", "reserve", "ceiling", "cpu");
        plan.services().forEach(service -> table.row(shortened(service.service()) + (service.replicas() > 1
                ? " ×" + service.replicas()
                : ""), shortened(service.kind(), 13), megabytes(service.limit()),
                megabytes(service.reservation()), service.ceiling().map(Amount::total).map(PlanText::megabytes)
                        .orElse("-"),
                String.format(Locale.ROOT, "%.2f", service.cpuShare().value() / 1000.0)));
        plan.leftOut().forEach(name -> table.row(shortened(name), "no room", "-", "-", "-", "-"));
        table.row("sum of limits", "", megabytes(plan.total()), "", "", "");
        text.append(table.text()).append(LEGEND);
        text.append(settings(plan)).append(PlanChanges.of(plan)).append(verdict(plan)).append(measured(plan))
                .append(assumptions(plan));
        return text.toString();
    }

    static String head(Plan plan) {
        var host = plan.inventory().host();
        var containers = plan.inventory().containers();
        var reserve = "%s for the system and %d container%s".formatted(host.reserve(containers), containers,
                containers == 1 ? "" : "s");
        return "%s on %s and %s\n".formatted(plan.inventory().stack().name(), host.memory(), host.cpus().inWords())
                + (plan.loadLine().isZero()
                        ? "nothing is left: %s take all of it\n".formatted(reserve)
                        : "load line %s = %s - %s\n".formatted(plan.loadLine(), host.memory(), reserve));
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
            "KAFKA_HEAP_OPTS", "MSSQL_MEMORY_LIMIT_MB", "-m", "GOMEMLIMIT", "--storage.tsdb.retention.size",
            "--storage.tsdb.retention.time",
            "--query.max-samples");

    private static String verdict(Plan plan) {
        if (plan.fits()) {
            return "\n" + wrapped("It fits" + (PlanChanges.of(plan).isEmpty() ? ": " : " with these settings: "),
                    "limits of " + plan.total()
                            + " stay below the load line of " + plan.loadLine()
                            + ", from which the reserve for the system is already taken.");
        }
        var gap = plan.needed().minus(plan.loadLine());
        var text = new StringBuilder("\n").append(wrapped("It does not fit as declared: ",
                "the least limits for that are %s together, %s more than the load line: %s.".formatted(plan.needed(),
                        gap, needs(plan))));
        text.append(wrapped("Expected to hold most: ", largest(plan.inventory())));
        var smallest = plan.singles().stream().filter(change -> change.service().isPresent()).findFirst();
        text.append(wrapped("Smallest single change: ", smallest.map(Object::toString)
                .orElse("none is enough on one service")));
        plan.singles().stream().filter(change -> change.service().isEmpty()).findFirst()
                .ifPresent(server -> text.append(wrapped("Or: ", server.what() + " holds it as declared")));
        text.append("Cheapest combination, which the table above assumes:\n");
        PlannedChanges.of(plan).forEach(change -> text.append(wrapped("  ", change)));
        return text.toString();
    }

    /// The least limits as declared, the largest first.
    private static String needs(Plan plan) {
        var needs = Planner.leastAsDeclared(plan.inventory());
        var largest = needs.entrySet().stream().sorted(Map.Entry.<String, MemorySize>comparingByValue().reversed()
                .thenComparing(Map.Entry.comparingByKey())).limit(MOST_NEEDS).toList();
        var rest = needs.values().stream().reduce(MemorySize.ZERO, MemorySize::plus).minus(largest.stream().map(
                Map.Entry::getValue).reduce(MemorySize.ZERO, MemorySize::plus));
        return largest.stream().map(need -> need.getKey() + " " + need.getValue()).collect(Collectors.joining(", "))
                + (rest.isZero() ? "" : ", the others " + rest);
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
        return DocumentedNeed.demand(service, inventory.host()).expected();
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

    /// A paragraph whose later lines are indented.
    static String wrapped(String head, String text) {
        var indent = " ".repeat(head.length() - head.stripLeading().length() + 4);
        return new Paragraph(head, indent).add(text).toString();
    }

    static String megabytes(MemorySize size) {
        return String.valueOf(Math.round((double) size.bytes() / MemorySize.ofMegabytes(1).bytes()));
    }

    static String shortened(String name) {
        return shortened(name, NAME_WIDTH);
    }

    private static String shortened(String name, int width) {
        return name.length() <= width ? name : name.substring(0, width - 1) + "…";
    }
}
