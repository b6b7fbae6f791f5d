package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PgBouncer;
import dev.plimsoll.kinds.Poolers;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.kinds.Setting;
import java.util.stream.Stream;

/// The pooler may open more connections than the database takes.
public final class PoolerAboveMaxConnections implements Rule {
    @Override
    public About about() {
        return new About("DBT003", "pooler-above-max-connections", Severity.HIGH, Confidence.CERTAIN,
                "PgBouncer's pools exceed the database's max_connections.",
                "The pooler promises what the database refuses: clients wait in its queue until the query"
                        + " timeout.",
                "Lower default_pool_size × databases below max_connections - 3, or raise max_connections.",
                "https://www.pgbouncer.org/config.html");
    }

    private static final int RESERVED = 3;

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var databases = inventory.ofKind("postgres").toList();
        if (databases.size() != 1) {
            return Stream.empty();
        }
        var database = databases.getFirst();
        var most = PostgresMemory.of(database).connections() - RESERVED;
        return inventory.ofKind("pgbouncer").filter(pooler -> Poolers.isInFront(pooler, database, inventory))
                .filter(pooler -> PgBouncer.serverConnections(pooler) > most)
                .map(pooler -> finding(pooler, pooler.settings().get("default_pool_size").map(Setting::where)
                        .orElse(pooler.service().where()),
                        "The pools may open " + PgBouncer.serverConnections(pooler)
                                + " server connections, and " + database.name() + " takes " + (most + RESERVED)
                                + " less "
                                + RESERVED + " reserved",
                        "Lower default_pool_size, or raise max_connections above "
                                + (PgBouncer.serverConnections(pooler) + RESERVED)));
    }
}
