package dev.plimsoll.bench;

import dev.plimsoll.units.MemorySize;

/// The formulas of pg_configurator (github.com/TantorLabs/pg_configurator) with its default shares, for servers with
/// up to four CPUs, on which all its counts stand at their least.
final class PgConfigurator {
    private static final MemorySize RESERVE = MemorySize.ofMegabytes(256);
    private static final MemorySize LEAST_WORK_MEM = MemorySize.ofKilobytes(10_000);
    private static final int CONNECTIONS = 50;
    private static final int WORKERS = 4;

    private PgConfigurator() {}

    static Tuned settings(MemorySize memory, int cpus) {
        if (cpus > WORKERS) {
            throw new IllegalArgumentException("the formulas here are for up to four CPUs: " + cpus);
        }
        var usable = memory.times(0.9).minus(RESERVE);
        var workMem = usable.times(0.2).dividedBy(CONNECTIONS).times(0.9).max(LEAST_WORK_MEM);
        var maintenance = usable.times(0.1).dividedBy(2L * WORKERS);
        return new Tuned(usable.times(0.7), MemorySize.ofMegabytes(16), CONNECTIONS, workMem, WORKERS, maintenance,
                WORKERS, maintenance);
    }
}
