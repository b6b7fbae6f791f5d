package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

public final class LowPidsLimit implements Rule {
    /// Background processes of a PostgreSQL server: writers, autovacuum, parallel workers.
    private static final int BACKGROUND = 20;

    @Override
    public About about() {
        return new About("REL023", "low-pids-limit", Severity.MEDIUM, Confidence.CERTAIN,
                "PostgreSQL may run fewer processes than it allows connections.",
                "Each connection is a process. When the limit is reached, fork fails: clients get \"could not fork new "
                        + "process for connection\", and autovacuum does not run.",
                "Allow max_connections and 20 more, or lower max_connections.",
                "https://www.postgresql.org/docs/current/connect-estab.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> service.service().pidsLimit().flatMap(limit -> service
                .settings().integer("max_connections").filter(count -> count + BACKGROUND > limit.value())
                .map(count -> finding(service, limit.where(), service.name() + " may run " + limit.value()
                        + " processes, but max_connections " + count + " and " + BACKGROUND + " of its own make "
                        + (count + BACKGROUND),
                        "Raise the limit to " + (count + BACKGROUND)
                                + " or lower max_connections")))
                .stream());
    }
}
