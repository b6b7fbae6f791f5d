package dev.plimsoll.observe;

import static dev.plimsoll.observe.PostgresConfigProbe.rows;
import static dev.plimsoll.observe.PostgresConfigProbe.word;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.yaml.Node;
import java.util.List;
import java.util.Map;

/// What a PostgreSQL server is doing: connections, reads, tables, slow statements, archive and replication.
public final class PostgresStateProbe implements Probe {
    private static final Question CONNECTIONS = bounded("SELECT count(*) AS total, count(*) FILTER (WHERE state = "
            + "'active') AS active, count(*) FILTER (WHERE state = 'idle') AS idle, count(*) FILTER (WHERE state LIKE "
            + "'idle in transaction%') AS waiting, coalesce(max(extract(epoch FROM now() - xact_start)) FILTER (WHERE "
            + "pid <> pg_backend_pid()), 0) AS longest FROM pg_stat_activity WHERE backend_type = 'client backend'");
    private static final Question READS = bounded("SELECT sum(blks_hit) AS hit, sum(blks_read) AS read, "
            + "sum(deadlocks) AS deadlocks, sum(temp_files) AS temp_files, sum(temp_bytes) AS temp_bytes, "
            + "sum(xact_commit) AS commits, sum(xact_rollback) AS rollbacks, coalesce(sum(checksum_failures), 0) AS "
            + "corrupt, extract(epoch FROM now() - pg_postmaster_start_time()) AS uptime FROM pg_stat_database");
    private static final Question SIZES = bounded(
            "SELECT sum(pg_database_size(oid)) AS size, max(age(datfrozenxid)) AS "
                    + "age FROM pg_database WHERE datallowconn");
    private static final Question TABLES = bounded("SELECT schemaname || '.' || relname AS name, "
            + "pg_total_relation_size(relid) AS size, n_live_tup AS live, n_dead_tup AS dead FROM pg_stat_user_tables "
            + "ORDER BY 2 DESC LIMIT 5");
    private static final Question UNUSED = bounded("SELECT s.schemaname || '.' || s.indexrelname AS name, "
            + "pg_relation_size(s.indexrelid) AS size FROM pg_stat_user_indexes s JOIN pg_index i ON i.indexrelid = "
            + "s.indexrelid WHERE s.idx_scan = 0 AND NOT i.indisunique AND NOT i.indisprimary AND NOT EXISTS (SELECT "
            + "FROM pg_constraint c WHERE c.conindid = s.indexrelid) AND pg_relation_size(s.indexrelid) >= 1048576 "
            + "ORDER BY 2 DESC LIMIT 10");
    /// Other statements than those that read and write rows are kept as they were sent, passwords included.
    private static final Question STATEMENTS = bounded(
            "SELECT left(query, 80) AS query, calls, seconds, all_seconds FROM "
                    + "(SELECT query, calls, total_exec_time / 1000 AS seconds, sum(total_exec_time) OVER () / 1000 AS "
                    + "all_seconds FROM pg_stat_statements) s WHERE query ~* '^\\s*(/\\*[^*]*\\*/\\s*|\\(\\s*)*"
                    + "(select|insert|update|delete|merge|with|values)\\M' ORDER BY seconds DESC LIMIT 5");
    private static final Question ARCHIVE = bounded("SELECT archived_count AS archived, failed_count AS failed, "
            + "coalesce(extract(epoch FROM now() - last_archived_time), -1) AS last_success, "
            + "coalesce(extract(epoch FROM now() - last_failed_time), -1) AS last_failure FROM pg_stat_archiver");
    private static final Question REPLICATION = bounded(
            "SELECT (SELECT count(*) FROM pg_stat_replication) AS replicas, "
                    + "(SELECT count(*) FROM pg_replication_slots WHERE NOT active) AS idle_slots, coalesce((SELECT "
                    + "max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots WHERE NOT "
                    + "pg_is_in_recovery()), 0) AS held");

    private static final Map<String, Unit> COUNTS = Map.of("uptime", Unit.SECONDS, "temp_bytes", Unit.BYTES, "size",
            Unit.BYTES, "held", Unit.BYTES, "longest", Unit.SECONDS, "last_success", Unit.SECONDS, "last_failure",
            Unit.SECONDS);

    /// Sizes of what is being rewritten wait for its lock, and ending the client does not end the statement. Not for
    /// questions about settings, which would show these.
    private static Question bounded(String query) {
        return new Question.Sql("", "SET lock_timeout = '5s'; SET statement_timeout = '15s'; " + PostgresConfigProbe
                .rowsOf(query));
    }

    @Override
    public String id() {
        return "postgres state";
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        return service.is("postgres") && container.isRunning()
                ? List.of(CONNECTIONS, READS, SIZES, TABLES, UNUSED, STATEMENTS, ARCHIVE, REPLICATION)
                : List.of();
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (!sight.is("postgres") || !sight.container().isRunning()) {
            return facts.done();
        }
        one(sight, CONNECTIONS, "postgres.connections", facts, "pg_stat_activity");
        one(sight, READS, "postgres.activity", facts, "pg_stat_database");
        one(sight, SIZES, "postgres.databases", facts, "pg_database");
        one(sight, ARCHIVE, "postgres.archive", facts, "pg_stat_archiver");
        one(sight, REPLICATION, "postgres.replication", facts, "pg_stat_replication");
        rows(sight, TABLES, "postgres.table", facts).forEach(row -> {
            Json.number(row, "size").ifPresent(size -> facts.number("postgres.table." + word(row, "name"), size,
                    Unit.BYTES, "pg_total_relation_size"));
            Json.number(row, "dead").ifPresent(dead -> facts.number("postgres.dead_rows." + word(row, "name"), dead,
                    Unit.COUNT, "pg_stat_user_tables"));
            Json.number(row, "live").ifPresent(live -> facts.number("postgres.live_rows." + word(row, "name"), live,
                    Unit.COUNT, "pg_stat_user_tables"));
        });
        rows(sight, UNUSED, "postgres.unused_index", facts).forEach(row -> Json.number(row, "size")
                .ifPresent(size -> facts.number("postgres.unused_index." + word(row, "name"), size, Unit.BYTES,
                        "pg_stat_user_indexes")));
        statements(sight, facts);
        return facts.done();
    }

    private static void statements(Sight sight, Facts facts) {
        var how = "pg_stat_statements";
        var rank = 0;
        for (var row : rows(sight, STATEMENTS, "postgres.statement", facts)) {
            rank++;
            var what = "postgres.statement." + rank;
            facts.text(what, word(row, "query").replaceAll("\\s+", " "), how);
            Json.number(row, "calls").ifPresent(calls -> facts.number(what + ".calls", calls, Unit.COUNT, how));
            Json.number(row, "seconds").ifPresent(seconds -> facts.number(what + ".seconds", seconds, Unit.SECONDS,
                    how));
            if (rank == 1) {
                Json.number(row, "all_seconds").ifPresent(seconds -> facts.number("postgres.statements.seconds",
                        seconds, Unit.SECONDS, how));
            }
        }
    }

    /// A query with one row: every column is a number and becomes a fact.
    static void one(Sight sight, Question question, String what, Facts facts, String how) {
        rows(sight, question, what, facts).stream().limit(1).flatMap(row -> row.asMapping().stream())
                .map(Node.Mapping::entries).forEach(columns -> columns.forEach((name, value) -> Json.number(value)
                        .ifPresent(number -> facts.number(what + "." + name, number, COUNTS.getOrDefault(name,
                                Unit.COUNT), how))));
    }
}
