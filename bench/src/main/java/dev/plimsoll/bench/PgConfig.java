package dev.plimsoll.bench;

import dev.plimsoll.units.MemorySize;

/// The formulas of pgconfig.org (github.com/pgconfig/api), profile WEB with the 100 connections its form starts with.
final class PgConfig {
    private static final int CONNECTIONS = 100;
    private static final int PARALLEL_WORKERS = 2;
    private static final int AUTOVACUUM_WORKERS = 3;

    private PgConfig() {}

    /// The workers do not depend on the CPUs.
    static Tuned web(MemorySize memory, int cpus) {
        var shared = memory.dividedBy(4);
        var maintenance = memory.dividedBy(20);
        return new Tuned(shared, Tuner.ownWalBuffers(shared), CONNECTIONS, memory.dividedBy(4).dividedBy(CONNECTIONS),
                PARALLEL_WORKERS, maintenance, AUTOVACUUM_WORKERS, maintenance);
    }
}
