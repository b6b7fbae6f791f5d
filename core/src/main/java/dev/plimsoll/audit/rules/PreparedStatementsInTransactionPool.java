package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import java.util.stream.Stream;

/// Drivers that prepare statements behind transaction pooling.
public final class PreparedStatementsInTransactionPool implements Rule {
    @Override
    public About about() {
        return new About("DBT005", "prepared-statements-in-transaction-pool", Severity.MEDIUM, Confidence.LIKELY,
                "A client that prepares statements uses a PgBouncer in transaction mode that does not "
                        + "keep them.",
                "The next transaction lands on another server connection, where the statement does not "
                        + "exist: sporadic errors under load only. PgBouncer keeps them from 1.21 on when "
                        + "max_prepared_statements is set.",
                "Use PgBouncer 1.21 with max_prepared_statements, or prepareThreshold=0 (JDBC) or "
                        + "statement_cache_size=0 (asyncpg).",
                "https://www.pgbouncer.org/config.html#max_prepared_statements");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("pgbouncer").filter(pooler -> pooler.settings().value("pool_mode")
                .filter(mode -> mode.equals("transaction")).isPresent() && !keepsStatements(pooler))
                .flatMap(pooler -> inventory.clientsOf(pooler).stream().flatMap(client -> client.service().environment()
                        .values().stream().filter(value -> prepares(value.value()))
                        .map(value -> finding(client, value.where(), client.name() + " prepares statements, and "
                                + pooler.name() + " pools by transaction without max_prepared_statements",
                                "Set max_prepared_statements=200 (PgBouncer 1.21), or turn them off in the driver"))));
    }

    private static boolean keepsStatements(Recognised pooler) {
        return pooler.settings().integer("max_prepared_statements").filter(count -> count > 0).isPresent();
    }

    private static boolean prepares(String url) {
        return url.startsWith("jdbc:postgresql:") && !url.contains("prepareThreshold=0")
                || url.startsWith("postgresql+asyncpg:") && !url.contains("statement_cache_size=0");
    }
}
