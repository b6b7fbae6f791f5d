package dev.plimsoll.render;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import java.util.List;
import java.util.Optional;

/// How many connections of a Postgres its applications may hold.
///
/// @param database the service
/// @param maxConnections as planned
record PoolBudget(String database, int maxConnections) {
    /// Connections that are kept back: a migration and its lock, a dump with a second job, one that watches, and
    /// Postgres' superuser_reserved_connections.
    static final int MIGRATION = 2;
    static final int BACKUP = 2;
    static final int MONITOR = 1;
    static final int SUPERUSER = 3;
    static final int RESERVED = MIGRATION + BACKUP + MONITOR + SUPERUSER;

    static Optional<PoolBudget> of(ServicePlan database) {
        return database.choice("max_connections").flatMap(choice -> choice.value().matches("\\d{1,6}")
                ? Optional.of(new PoolBudget(database.service(), Integer.parseInt(choice.value())))
                : Optional.empty());
    }

    /// The Postgres that a service reaches directly.
    static Optional<PoolBudget> usedBy(Plan plan, String service) {
        var user = plan.inventory().named(service);
        return plan.services().stream().filter(found -> found.kind().equals("postgres"))
                .filter(found -> user.flatMap(client -> plan.inventory().named(found.service())
                        .filter(database -> Inventory.mentions(client, database.service()))).isPresent())
                .findFirst().flatMap(PoolBudget::of);
    }

    /// What applications and poolers share.
    int available() {
        return Math.max(1, maxConnections - RESERVED);
    }

    String arithmetic() {
        return maxConnections + " max_connections of " + database + " - " + MIGRATION + " for migrations - " + BACKUP
                + " for backups - " + MONITOR + " for monitoring - " + SUPERUSER + " for the superuser = "
                + available();
    }

    /// Services of the plan that take connections of this database through a pooler.
    static List<ServicePlan> poolers(Plan plan, String database) {
        return plan.services().stream().filter(service -> service.kind().equals("pgbouncer"))
                .filter(service -> usedBy(plan, service.service()).filter(budget -> budget.database().equals(database))
                        .isPresent())
                .toList();
    }
}
