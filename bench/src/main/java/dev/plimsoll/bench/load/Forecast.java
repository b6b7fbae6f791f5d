package dev.plimsoll.bench.load;

import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.units.MemorySize;

/// What the memory model says of a server before it runs, page cache apart.
final class Forecast {
    private Forecast() {}

    /// Under one load, with as many connections open as its clients make. Where its queries sort and hash, each is
    /// half of two nodes; an index build takes maintenance_work_mem.
    static MemorySize of(Contestant contestant, Step step) {
        var memory = contestant.memory();
        var open = contestant.open(step.clients());
        var backend = MemorySize.ofMegabytes(PostgresMemory.BACKEND_EXPECTED_MB)
                .plus(memory.sharedBuffers().times(PostgresMemory.PAGE_TABLE_SHARE));
        return memory.sharedMemory().size().plus(backend.times((long) open)).plus(switch (step.kind()) {
            case TPC_B, SELECT -> MemorySize.ZERO;
            case MIXED -> memory.workMem().times(memory.hashMultiplier()).times((long) open);
            case BUILD -> memory.maintenanceWorkMem();
        }).plus(memory.autovacuumWorkMem().dividedBy(4));
    }

    /// The worst that the settings permit.
    static MemorySize ceiling(Contestant contestant) {
        return contestant.memory().ceiling().total();
    }
}
