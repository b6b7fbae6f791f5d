package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PostgresMemory;
import java.util.stream.Stream;

/// Many connections on few cores, and no pooler.
public final class ManyConnectionsWithoutPooler implements Rule {
    @Override
    public About about() {
        return new About("DBT004", "many-connections-without-pooler", Severity.MEDIUM, Confidence.LIKELY,
                "max_connections is above 100 on a small server, without a pooler.",
                "Each connection is a process of 1.3 to 10 MB, and two cores do not work on more than a "
                        + "few queries at once: the rest switch contexts. Of two hash joins on 60 connections none "
                        + "succeeded in 1 GB; behind a pool of 20 all did, with 120 clients.",
                "Put PgBouncer in transaction mode in front and set max_connections to 30 to 50.",
                "https://www.postgresql.org/docs/current/runtime-config-connection.html");
    }

    private static final int MANY = 100;
    private static final int FEW_CORES = 4;

    @Override
    public Stream<Finding> check(Inventory inventory) {
        if (inventory.host().cpus().cores() > FEW_CORES || inventory.ofKind("pgbouncer").findAny().isPresent()) {
            return Stream.empty();
        }
        return inventory.ofKind("postgres").flatMap(service -> service.settings().get("max_connections").stream()
                .filter(setting -> PostgresMemory.of(service).connections() > MANY)
                .map(setting -> finding(service, setting.where(), "max_connections " + setting.value() + " on "
                        + inventory.host().cpus() + " cores, without a pooler",
                        "Put PgBouncer in front and set "
                                + "max_connections to " + 20 * inventory.host().cpus().cores())));
    }
}
