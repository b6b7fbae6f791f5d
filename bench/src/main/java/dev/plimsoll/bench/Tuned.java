package dev.plimsoll.bench;

import dev.plimsoll.kinds.Calibrated;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.units.MemorySize;

/// The settings that bound a Postgres server's memory, as a tuner chooses them for PostgreSQL 18.
///
/// @param parallelWorkers max_parallel_workers, or 0 when parallel query is off
public record Tuned(MemorySize sharedBuffers, MemorySize walBuffers, int connections, MemorySize workMem,
        int parallelWorkers, MemorySize maintenanceWorkMem, int autovacuumWorkers, MemorySize autovacuumWorkMem) {
    private static final int MAJOR = 18;
    private static final double HASH_MULTIPLIER = 2;

    /// What they permit when every backend and every parallel worker has two hash nodes at work.
    public MemorySize worst() {
        return new PostgresMemory(MAJOR, sharedBuffers, walBuffers, connections, workMem, HASH_MULTIPLIER,
                parallelWorkers, maintenanceWorkMem, autovacuumWorkers, autovacuumWorkMem, Calibrated.NONE)
                .ceiling().total();
    }
}
