package dev.plimsoll.bench;

import dev.plimsoll.units.MemorySize;

/// The formulas of PGTune (github.com/le0pard/pgtune) for Linux, for a database about as large as the memory.
public final class PgTune {
    private static final MemorySize LEAST_WORK_MEM = MemorySize.ofMegabytes(4);
    private static final int BUILT_IN_WORKERS = 8;
    private static final int AUTOVACUUM_WORKERS = 3;

    private PgTune() {}

    /// Kinds of use, with the number of connections when none is given.
    public enum Workload {
        WEB(200, 1, 16), OLTP(300, 1, 16), DW(40, 2, 8), MIXED(100, 2, 16);

        private final int connections;
        private final int workMemDivisor;
        private final int maintenanceDivisor;

        Workload(int connections, int workMemDivisor, int maintenanceDivisor) {
            this.connections = connections;
            this.workMemDivisor = workMemDivisor;
            this.maintenanceDivisor = maintenanceDivisor;
        }

        /// Below four CPUs it leaves the workers at their built-in numbers.
        public Tuned settings(MemorySize memory, int cpus) {
            var workers = cpus < 4 ? BUILT_IN_WORKERS : cpus;
            var shared = memory.dividedBy(4);
            var maintenance = memory.dividedBy(maintenanceDivisor).min(MemorySize.ofGigabytes(8));
            return new Tuned(shared, walBuffers(shared), connections, workMem(memory.minus(shared), workers), workers,
                    maintenance, AUTOVACUUM_WORKERS, maintenance);
        }

        private MemorySize workMem(MemorySize rest, int workers) {
            var kilobytes = rest.kilobytes() / ((connections + workers) * 3L) / workMemDivisor;
            return MemorySize.ofKilobytes(kilobytes).max(LEAST_WORK_MEM);
        }
    }

    /// 3 % of shared_buffers, at most 16 MB and snapped to that from 14 MB.
    private static MemorySize walBuffers(MemorySize shared) {
        var share = MemorySize.ofKilobytes(shared.kilobytes() * 3 / 100);
        return share.isLargerThan(MemorySize.ofMegabytes(14))
                ? MemorySize.ofMegabytes(16)
                : share.max(MemorySize.ofKilobytes(32));
    }
}
