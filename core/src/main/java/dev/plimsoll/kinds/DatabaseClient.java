package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;

/// A client of a database in a container of that database's image: a script that sets it up, or copies it every night.
final class DatabaseClient implements Kind {
    private static final String[] PROGRAMS = {"psql", "pg_dump", "pg_dumpall", "pg_restore", "pg_basebackup",
            "pg_isready", "createdb", "pgbench", "mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump",
            "mariadb-admin", "mariadb-backup", "redis-cli", "valkey-cli", "mongosh", "mongo", "mongodump",
            "mongorestore", "mongoimport", "mongoexport", "clickhouse-client", "crond", "cron", "supercronic"};
    /// mongosh, the largest of them, runs on Node.js.
    private static final MemorySize EXPECTED = MemorySize.ofMegabytes(128);
    private static final MemorySize USEFUL = MemorySize.ofMegabytes(512);

    @Override
    public String id() {
        return "database-client";
    }

    @Override
    public Role role() {
        return Role.TOOL;
    }

    @Override
    public boolean recognises(Clues clues) {
        return isDatabaseImage(clues) && (clues.runs(PROGRAMS) || OwnServer.isJob(clues.service()))
                && !clues.invocations().isEmpty();
    }

    private static boolean isDatabaseImage(Clues clues) {
        return Postgres.isImage(clues) || MySql.isImage(clues) || Redis.isImage(clues)
                || CacheShare.MONGO.isImage(clues) || CacheShare.CLICKHOUSE.isImage(clues);
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var peak = service.calibrated().size(Constant.PEAK);
        if (peak.isPresent()) {
            return SimpleKind.measured(EXPECTED.dividedBy(8), peak.get(), service.calibrated());
        }
        return Demand.unbounded(Amount.of(new Term("idle", EXPECTED.dividedBy(8), "", SimpleKind.ASSUMPTION)),
                Amount.of(new Term("at work", EXPECTED, "", SimpleKind.ASSUMPTION)),
                "memory of database-client is an assumption");
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return service.calibrated().size(Constant.PEAK).map(peak -> SimpleKind.sized(peak, USEFUL, 0.2))
                .orElseGet(() -> SimpleKind.sized(EXPECTED, USEFUL, 0.2));
    }
}
