package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PostgresMemory;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The applications may open more connections than the database takes.
public final class PoolsAboveMaxConnections implements Rule {
    @Override
    public About about() {
        return new About("DBT002", "pools-above-max-connections", Severity.HIGH, Confidence.LIKELY,
                "The connection pools of all application processes together exceed max_connections.",
                "Every worker process has a pool of its own. At the first peak the database answers "
                        + "\"sorry, too many clients already\", and new processes cannot start.",
                "Make the pools smaller, or put PgBouncer in front.",
                "https://www.postgresql.org/docs/current/runtime-config-connection.html");
    }

    private static final int RESERVED = 3;

    @Override
    public Stream<Finding> check(Inventory inventory) {
        if (inventory.ofKind("pgbouncer").findAny().isPresent()) {
            return Stream.empty();
        }
        return inventory.ofKind("postgres").flatMap(database -> {
            var pools = inventory.clientsOf(database).stream()
                    .flatMap(client -> Pools.of(client, inventory.host()).stream())
                    .toList();
            var sum = pools.stream().mapToInt(Pools.Pool::connections).sum();
            var most = PostgresMemory.of(database).connections() - RESERVED;
            if (sum <= most) {
                return Stream.empty();
            }
            var parts = pools.stream().map(Pools.Pool::toString).collect(Collectors.joining(" + "));
            return Stream.of(finding(database, pools.getFirst().where(), "Pools may open " + parts + " = " + sum
                    + " connections, and " + database.name() + " takes " + (most + RESERVED) + " less " + RESERVED
                    + " reserved", "Lower the pools to " + most + " together, or put PgBouncer in front"));
        });
    }
}
