package dev.plimsoll.observe;

import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// What one memory cgroup says about its processes. Never a sum of RSS: shared pages count once.
///
/// @param version 1 or 2
/// @param current everything charged
/// @param workingSet `current` less inactive file pages: what cannot be dropped at once
/// @param anonymous private memory of processes
/// @param shared shared memory and tmpfs
/// @param file page cache without shared memory
/// @param kernel page tables, sockets, slab; empty where the kernel does not tell
/// @param peak the most ever charged; empty where the kernel does not tell
/// @param limit the tightest limit of it and those above; empty for none
/// @param oomKills processes killed for want of memory, children of the main process included
/// @param limitHits times the limit was reached and memory reclaimed; cgroup v2 only
/// @param cpu seconds of CPU time used
/// @param throttled seconds for which it was kept waiting by its CPU limit
/// @param periods of its CPU limit
/// @param pids processes and threads now
/// @param memoryPressure share of the last minute in which some process waited for memory; empty without PSI
/// @param cpuPressure the same for CPU
/// @param ioPressure the same for I/O
public record CgroupReading(int version, MemorySize current, MemorySize workingSet, MemorySize anonymous,
        MemorySize shared, MemorySize file, Optional<MemorySize> kernel, Optional<MemorySize> peak,
        Optional<MemorySize> limit, long oomKills, Optional<Long> limitHits, double cpu, double throttled,
        Periods periods, Optional<Long> pids, Optional<Double> memoryPressure, Optional<Double> cpuPressure,
        Optional<Double> ioPressure) {
    /// The periods in which a CPU limit is counted; none without a limit.
    ///
    /// @param throttled those in which it was kept waiting
    public record Periods(long all, long throttled) {
        public static final Periods NONE = new Periods(0, 0);

        public double share() {
            return all == 0 ? 0 : (double) throttled / all;
        }
    }
}
