package dev.plimsoll.bench;

import dev.plimsoll.units.MemorySize;

/// The formulas of timescaledb-tune (github.com/timescale/timescaledb-tune), profile default.
final class TimescaleTune {
    private static final int AUTOVACUUM_WORKERS = 10;
    private static final MemorySize LEAST_WORK_MEM = MemorySize.ofKilobytes(64);

    private TimescaleTune() {}

    static Tuned settings(MemorySize memory, int cpus) {
        var gigabytes = memory.ratioTo(MemorySize.ofGigabytes(1));
        var connections = connections(gigabytes);
        var perGather = Math.max(1, Math.round(cpus / 2.0f));
        var workMem = MemorySize.ofMegabytes(400).times(gigabytes).dividedBy((long) connections * perGather)
                .max(LEAST_WORK_MEM);
        var maintenance = memory.dividedBy(8).min(MemorySize.ofMegabytes(2047));
        var walBuffers = gigabytes < 2 ? MemorySize.ofKilobytes(7864).times(gigabytes) : MemorySize.ofMegabytes(16);
        return new Tuned(memory.dividedBy(4), walBuffers, connections, workMem, cpus, maintenance, AUTOVACUUM_WORKERS,
                maintenance);
    }

    private static int connections(double gigabytes) {
        if (gigabytes <= 2) {
            return 25;
        }
        if (gigabytes <= 4) {
            return 50;
        }
        return gigabytes <= 6 ? 75 : 100;
    }
}
