package dev.plimsoll.kinds;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which PgBouncer stands in front of which Postgres, and how many of its connections it may take.
public final class Poolers {
    private static final Pattern HOST = Pattern.compile("(?:^|\\s)host\\s*=\\s*'?([^\\s']+)");

    private Poolers() {}

    /// By its environment and command, by the hosts of its databases, or because no other database is there and it
    /// names none.
    public static boolean isInFront(Recognised pooler, Recognised database, Inventory inventory) {
        return Inventory.mentions(pooler, database.service())
                || PgBouncer.databases(pooler).anyMatch(line -> leadsTo(line, pooler, database, inventory))
                || PgBouncer.databases(pooler).allMatch(line -> host(line).isEmpty()) && inventory.ofKind("postgres")
                        .count() == 1;
    }

    /// The server connections that all poolers in front of a database may open there, as planned.
    static int connections(Recognised database, Inventory inventory) {
        return inventory.ofKind("pgbouncer").filter(pooler -> isInFront(pooler, database, inventory))
                .mapToInt(pooler -> pooler.replicas() * PgBouncer.serverConnections(pooler, PgBouncer.plannedPool(
                        pooler), line -> host(line).isEmpty() || leadsTo(line, pooler, database, inventory)))
                .sum();
    }

    private static boolean leadsTo(String line, Recognised pooler, Recognised database, Inventory inventory) {
        return host(line).flatMap(new Neighbourhood(inventory, pooler)::at).filter(found -> found.name().equals(
                database.name())).isPresent();
    }

    private static Optional<String> host(String line) {
        return Optional.of(HOST.matcher(line)).filter(match -> match.find()).map(match -> match.group(1));
    }
}
