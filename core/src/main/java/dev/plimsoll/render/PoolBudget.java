package dev.plimsoll.render;

import dev.plimsoll.kinds.Poolers;
import dev.plimsoll.kinds.ReservedConnections;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import java.util.List;
import java.util.Optional;

/// How many connections of a Postgres its applications may hold.
///
/// @param database the service
/// @param maxConnections as planned
record PoolBudget(String database, int maxConnections) {
    static Optional<PoolBudget> of(ServicePlan database) {
        return database.choice("max_connections").flatMap(choice -> choice.value().matches("\\d{1,6}")
                ? Optional.of(new PoolBudget(database.service(), Integer.parseInt(choice.value())))
                : Optional.empty());
    }

    /// The Postgres that a pooler stands in front of.
    static Optional<PoolBudget> usedBy(Plan plan, String pooler) {
        var inventory = plan.inventory();
        return plan.services().stream().filter(found -> found.kind().equals("postgres"))
                .filter(found -> inventory.named(pooler).flatMap(user -> inventory.named(found.service())
                        .filter(database -> Poolers.isInFront(user, database, inventory))).isPresent())
                .findFirst().flatMap(PoolBudget::of);
    }

    /// What applications and poolers share.
    int available() {
        return Math.max(1, maxConnections - ReservedConnections.ALL);
    }

    String arithmetic() {
        return maxConnections + " max_connections of " + database + " - " + ReservedConnections.MIGRATION
                + " for migrations - " + ReservedConnections.BACKUP
                + " for backups - " + ReservedConnections.MONITOR + " for monitoring - " + ReservedConnections.SUPERUSER
                + " for the superuser = "
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
