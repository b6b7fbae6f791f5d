package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// The memory of a Redis container as a function of maxmemory and persistence. Measured on Redis 7.0.15 as cgroup
/// charge.
public final class RedisMemory {
    /// An empty server: 6.3 MB.
    public static final MemorySize BASE = MemorySize.ofMegabytes(8);
    /// RSS over used memory without churn: 1.07 to 1.15. With values of changing size it reaches 1.45.
    public static final double FRAGMENTATION = 1.15;
    /// While a fork writes the file, every page that changes exists twice: 1.92 to 1.93 under 20,000 writes a second.
    public static final double FORK_FACTOR = 2;
    /// Client and replication buffers that maxmemory does not count.
    public static final MemorySize BUFFERS = MemorySize.ofMegabytes(16);

    private static final String MODEL = "measured on Redis 7.0.15";

    private RedisMemory() {}

    /// The worst case with a bound of `maxMemory`.
    public static Amount ceiling(MemorySize maxMemory, boolean forks) {
        var data = maxMemory.times(FRAGMENTATION * (forks ? FORK_FACTOR : 1));
        return Amount.of(new Term("base", BASE, "", MODEL),
                new Term("data", data, "maxmemory " + maxMemory + " × " + FRAGMENTATION + " fragmentation"
                        + (forks ? " × 2 while a snapshot or AOF rewrite runs" : ""), MODEL),
                new Term("buffers", BUFFERS, "output buffers that maxmemory does not count", MODEL));
    }

    static Demand demand(MemorySize maxMemory, boolean forks, Optional<MemorySize> dataset) {
        var floor = Amount.of(new Term("base", BASE, "", MODEL));
        if (maxMemory.isZero()) {
            var data = dataset.orElse(MemorySize.ofMegabytes(64));
            return Demand.unbounded(floor, Amount.of(new Term("base", BASE, "", MODEL), new Term("data",
                    data.times(FRAGMENTATION), dataset.isPresent() ? "x-plimsoll.dataset" : "assumed dataset",
                    "assumption")), dataset.isPresent()
                            ? ""
                            : "64 MB of data, as neither maxmemory nor a dataset is "
                                    + "given");
        }
        var used = dataset.orElse(maxMemory).min(maxMemory);
        return Demand.bounded(floor, Amount.of(new Term("base", BASE, "", MODEL), new Term("data",
                used.times(FRAGMENTATION), used + " × " + FRAGMENTATION + " fragmentation", MODEL)),
                ceiling(maxMemory, forks));
    }
}
