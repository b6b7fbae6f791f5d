package dev.plimsoll.render;

import dev.plimsoll.kinds.DeclaredPool;
import dev.plimsoll.kinds.PgBouncer;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `application-settings.md`: what only the applications themselves can set, with the sum that makes it fit.
public final class ApplicationPools implements Renderer {
    private static final List<String> CONFIGURED = List.of("postgres", "redis", "pgbouncer");

    @Override
    public Part render(Task task, Secrets secrets) {
        var plan = task.plan();
        var text = new StringBuilder("# Settings of the applications\n\nWritten by plimsoll render. What could be set "
                + "from outside is in the override file; the rest is here to paste.\n");
        var notes = new ArrayList<String>();
        var patches = new ArrayList<Patch>();
        var written = false;
        for (var database : task.services("postgres").toList()) {
            written |= PoolBudget.of(database).map(budget -> database(plan, budget, text, patches, notes)).orElse(
                    false);
        }
        for (var service : plan.services()) {
            written |= settings(service, text);
        }
        return written
                ? new Part(List.of(RenderedFile.of("application-settings.md", text.toString())), patches, Map.of(),
                        notes)
                : Part.of(List.of(), List.of());
    }

    private static boolean database(Plan plan, PoolBudget budget, StringBuilder text, List<Patch> patches,
            List<String> notes) {
        var poolers = PoolBudget.poolers(plan, budget.database());
        var throughPoolers = poolers.stream().flatMap(pooler -> plan.inventory().named(pooler.service()).stream())
                .toList();
        var direct = plan.inventory().named(budget.database()).stream().toList();
        var taken = poolers.stream().mapToInt(pooler -> serverConnections(plan, pooler, budget)).sum();
        var shares = PoolShare.of(plan, direct, Math.max(1, budget.available() - taken));
        var pooled = PoolShare.of(plan, throughPoolers, clients(plan, poolers, budget));
        if (shares.isEmpty() && pooled.isEmpty()) {
            return false;
        }
        Stream.concat(shares.stream(), pooled.stream()).forEach(share -> DeclaredPool.of(share.service()).filter(
                pool -> share.framework().fillsItsPool() && pool.each() > share.each())
                .ifPresent(pool -> lower(pool, share, patches, notes)));
        text.append("\n## Connections of ").append(budget.database()).append("\n\n").append(budget.arithmetic())
                .append(".\n");
        poolers.forEach(pooler -> text.append("\n`").append(pooler.service()).append("` takes ")
                .append(serverConnections(plan, pooler, budget)).append(" of them for its clients.\n"));
        sum(shares, budget.available() - taken, "connections", budget.database(), text, notes);
        shares.forEach(share -> section(share, false, true, text));
        if (!pooled.isEmpty()) {
            sum(pooled, clients(plan, poolers, budget), "clients of the pooler",
                    poolers.getFirst().service(), text, notes);
            var prepares = throughPoolers.stream().allMatch(PgBouncerText::hasPreparedStatements);
            var transactions = poolers.stream().noneMatch(ApplicationPools::keepsSessions);
            pooled.forEach(share -> section(share, transactions, prepares, text));
            text.append(transactions
                    ? "\nMigrations, LISTEN, advisory locks, session variables and pg_dump need a connection of "
                            + "their own, past the pooler.\n"
                    : "\nThe pooler keeps a server connection for each client as long as it stays.\n");
        }
        return true;
    }

    /// Sets the variables that the application reads its pool from, where it asks for more than its share.
    private static void lower(DeclaredPool pool, PoolShare share, List<Patch> patches, List<String> notes) {
        var service = share.service().name();
        if (patches.stream().anyMatch(patch -> patch.service().equals(service))) {
            // A second database of the same application: its pool was sized for the first.
            return;
        }
        var size = Math.min(pool.size().value().value(), share.each());
        var reason = "its share of the connections, see application-settings.md";
        patches.add(ComposeText.environment(service, pool.size().name(), String.valueOf(size), reason));
        pool.overflow().ifPresent(overflow -> patches.add(ComposeText.environment(service, overflow.name(), String
                .valueOf(share.each() - size), reason)));
        notes.add(service + ": its pool goes from " + pool.each() + " to " + share.each()
                + " connections for each process, so that all of them fit the database.");
    }

    private static int serverConnections(Plan plan, ServicePlan pooler, PoolBudget budget) {
        var service = plan.inventory().named(pooler.service()).orElseThrow();
        var databases = PgBouncer.pooledDatabases(service, plan.inventory());
        return PgBouncerText.of(pooler, service, Optional.of(budget), databases).planned().stream()
                .filter(choice -> choice.setting().equals("default_pool_size"))
                .mapToInt(choice -> Integer.parseInt(choice.value())).sum() * databases * pooler.replicas();
    }

    /// Those that are served at once, of a pooler that keeps sessions.
    private static int clients(Plan plan, List<ServicePlan> poolers, PoolBudget budget) {
        return poolers.stream().mapToInt(pooler -> keepsSessions(pooler)
                ? serverConnections(plan, pooler, budget)
                : clients(pooler)).sum();
    }

    private static boolean keepsSessions(ServicePlan pooler) {
        return pooler.choice("pool_mode").filter(choice -> choice.value().equals("session")).isPresent();
    }

    private static int clients(ServicePlan pooler) {
        return pooler.choice("max_client_conn").map(choice -> Integer.parseInt(choice.value())).orElse(1)
                * pooler.replicas();
    }

    private static void sum(List<PoolShare> shares, int available, String what, String target, StringBuilder text,
            List<String> notes) {
        if (shares.isEmpty()) {
            return;
        }
        text.append("\n| service | processes | at most each | in all |\n|---|---|---|---|\n");
        shares.forEach(share -> text.append("| ").append(share.service().name()).append(" | ")
                .append(share.processes()).append(" | ").append(share.each()).append(" | ").append(share.inAll())
                .append(" |\n"));
        var all = shares.stream().mapToLong(PoolShare::inAll).sum();
        var wanted = shares.stream().mapToLong(PoolShare::wantedInAll).sum();
        text.append("| **sum** | | | **").append(all).append(" of ").append(available).append(' ').append(what)
                .append("** |\n");
        if (wanted > available) {
            text.append("\nThe usual pools would want ").append(wanted).append(", so each is smaller in proportion.\n");
        }
        if (all > available) {
            notes.add(target + ": even one connection for each process is " + all + " of " + available + " " + what
                    + "; put PgBouncer in front, or start fewer processes.");
        }
    }

    private static void section(PoolShare share, boolean transactions, boolean prepares, StringBuilder text) {
        text.append("\n### ").append(share.service().name()).append("\n\n").append(share.processes()).append(
                share.processes() == 1 ? " process" : " processes").append(" × ").append(share.each())
                .append(" = ").append(share.inAll()).append(".\n\n")
                .append(PoolSnippet.of(share, transactions, prepares));
        if (share.framework() == Framework.CELERY) {
            text.append("""

                    ```python
                    # Longer than the longest task, or Redis hands it out a second time.
                    app.conf.broker_transport_options = {"visibility_timeout": 3600}  # seconds
                    ```
                    """);
        }
    }

    /// Every planned choice of an application or server that has no config file of its own here.
    private static boolean settings(ServicePlan plan, StringBuilder text) {
        if (CONFIGURED.contains(plan.kind()) || plan.choices().isEmpty()) {
            return false;
        }
        text.append("\n## Planned for ").append(plan.service())
                .append("\n\n| setting | value | why |\n|---|---|---|\n");
        plan.choices().forEach(choice -> text.append("| `").append(choice.setting()).append("` | `")
                .append(choice.value()).append("` | ").append(ConfText.reason(choice.arithmetic(), choice.source())
                        .replace("|", "\\|"))
                .append(" |\n"));
        return true;
    }
}
