package dev.plimsoll.bench;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plimsoll's plan for the Postgres service `db` of a stack.
///
/// @param compose the Compose file
record PlimsollPlan(String name, String compose) {
    private static final String FILE = "compose.yml";
    private static final String POSTGRES = "services:\n  db:\n    image: postgres:18\n";

    private static final PlimsollPlan ALONE = new PlimsollPlan("Plimsoll, Postgres alone", POSTGRES);
    private static final PlimsollPlan MANY_CONNECTIONS = new PlimsollPlan("Plimsoll, alone, asked for 200 connections",
            POSTGRES + "    x-plimsoll: {connections: 200}\n");
    private static final PlimsollPlan IN_A_STACK = new PlimsollPlan("Plimsoll, in a small stack", POSTGRES + """
              redis:
                image: redis:8
              api:
                image: example/api:1.0
                command: gunicorn app:app --workers 2
              worker:
                image: example/api:1.0
                command: celery -A app worker --concurrency 2
              prometheus:
                image: prom/prometheus:v3.5.0
              exporter:
                image: prometheuscommunity/postgres-exporter:v0.17.1
            """);

    static final List<PlimsollPlan> ALL = List.of(ALONE, MANY_CONNECTIONS, IN_A_STACK);

    /// What the plan sets on a server; empty when it has no room for the service.
    Optional<Tuned> settings(MemorySize memory, int cpus) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of(FILE, compose)), ComposeLoader.Request.of(FILE));
        var plan = Planner.plan(Inventory.of(stack, Host.of(memory, Millicores.ofCores(cpus))));
        return plan.service("db").map(PlimsollPlan::settings);
    }

    private static Tuned settings(ServicePlan db) {
        return new Tuned(size(db, "shared_buffers"), size(db, "wal_buffers"), count(db, "max_connections"),
                size(db, "work_mem"),
                count(db, "max_parallel_workers_per_gather") == 0 ? 0 : count(db, "max_parallel_workers"),
                size(db, "maintenance_work_mem"), count(db, "autovacuum_max_workers"), size(db, "autovacuum_work_mem"));
    }

    private static MemorySize size(ServicePlan db, String setting) {
        return MemoryDialect.POSTGRES.parse(value(db, setting)).orElseThrow();
    }

    private static int count(ServicePlan db, String setting) {
        return Integer.parseInt(value(db, setting));
    }

    private static String value(ServicePlan db, String setting) {
        return db.choice(setting).orElseThrow().value();
    }
}
