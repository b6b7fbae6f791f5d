package dev.plimsoll.bench.load;

import dev.plimsoll.kinds.Calibrated;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Settings that a server is run with, and how clients reach it.
///
/// @param settings what differs from the built-in defaults
/// @param pooled whether clients that are more than its connections come through a pooler
record Contestant(String id, String name, SequencedMap<String, String> settings, boolean pooled) {
    /// Connections that stay free for the operator, the pooler does not take them.
    private static final int SPARE_CONNECTIONS = 5;

    Contestant {
        settings = new LinkedHashMap<>(settings);
    }

    int connections() {
        return Integer.parseInt(settings.getOrDefault("max_connections", "100"));
    }

    /// The pooler's connections to the server.
    int poolSize() {
        return connections() - SPARE_CONNECTIONS;
    }

    /// Whether this number of clients has to come through the pooler.
    boolean pools(int clients) {
        return pooled && clients > poolSize();
    }

    /// Connections that this number of clients opens.
    int open(int clients) {
        return pools(clients) ? poolSize() : Math.min(clients, connections());
    }

    List<String> flags() {
        return settings.entrySet().stream().flatMap(set -> List.of("-c", set.getKey() + "=" + set.getValue()).stream())
                .toList();
    }

    /// The memory model with these settings and PostgreSQL 15's defaults for the others.
    PostgresMemory memory() {
        var buffers = size("shared_buffers", "128MB");
        var maintenance = size("maintenance_work_mem", "64MB");
        return new PostgresMemory(Installation.MAJOR, buffers,
                size("wal_buffers", buffers.dividedBy(32).min(MemorySize.ofMegabytes(16)).kilobytes() + "kB"),
                connections(), size("work_mem", "4MB"), Double.parseDouble(settings.getOrDefault(
                        "hash_mem_multiplier", "2.0")),
                count("max_parallel_workers_per_gather", 2) == 0 ? 0 : count("max_parallel_workers", 8), maintenance,
                count("autovacuum_max_workers", 3), size("autovacuum_work_mem", maintenance.kilobytes() + "kB"),
                Calibrated.NONE);
    }

    private int count(String setting, int builtIn) {
        return Integer.parseInt(settings.getOrDefault(setting, String.valueOf(builtIn)));
    }

    private MemorySize size(String setting, String builtIn) {
        return MemoryDialect.POSTGRES.parse(settings.getOrDefault(setting, builtIn)).orElseThrow();
    }
}
