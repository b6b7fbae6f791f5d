package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

    /// The base at worst: as measured where that is more.
    static MemorySize base(Calibrated calibrated) {
        return calibrated.size(Constant.REDIS_BASE).orElse(BASE).max(BASE);
    }

    /// The fragmentation at worst: as measured where that is more.
    static double fragmentation(Calibrated calibrated) {
        return Math.max(FRAGMENTATION, calibrated.number(Constant.FRAGMENTATION).orElse(FRAGMENTATION));
    }

    private static Term baseTerm(MemorySize base, Calibrated calibrated) {
        return new Term("base", base, "", base.equals(BASE) ? MODEL : calibrated.source(Constant.REDIS_BASE, MODEL));
    }

    private static String dataSource(Calibrated calibrated, double fragmentation) {
        return fragmentation == FRAGMENTATION ? MODEL : calibrated.source(Constant.FRAGMENTATION, MODEL);
    }

    /// The worst case with a bound of `maxMemory`.
    public static Amount ceiling(MemorySize maxMemory, boolean forks) {
        return ceiling(maxMemory, forks, Calibrated.NONE);
    }

    static Amount ceiling(MemorySize maxMemory, boolean forks, Calibrated calibrated) {
        var fragmentation = fragmentation(calibrated);
        var data = maxMemory.times(fragmentation * (forks ? FORK_FACTOR : 1));
        return Amount.of(baseTerm(base(calibrated), calibrated),
                new Term("data", data, "maxmemory " + maxMemory + " × " + text(fragmentation) + " fragmentation"
                        + (forks ? " × 2 while a snapshot or AOF rewrite runs" : ""),
                        dataSource(calibrated,
                                fragmentation)),
                buffers());
    }

    /// A running server without the client buffers that its own count leaves out.
    ///
    /// @param used as Redis counts it
    public static Amount held(MemorySize used) {
        return Amount.of(new Term("base", BASE, "", MODEL), new Term("data", used.times(FRAGMENTATION), used
                + " used × " + FRAGMENTATION + " fragmentation", MODEL));
    }

    public static Term buffers() {
        return new Term("buffers", BUFFERS, "output buffers that maxmemory does not count", MODEL);
    }

    /// `1.15`, `1.207`.
    static String text(double factor) {
        return BigDecimal.valueOf(factor).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    static Demand demand(MemorySize maxMemory, boolean forks, Optional<MemorySize> dataset, Calibrated calibrated) {
        var base = baseTerm(calibrated.size(Constant.REDIS_BASE).orElse(BASE), calibrated);
        var fragmentation = calibrated.number(Constant.FRAGMENTATION).orElse(FRAGMENTATION);
        var floor = Amount.of(base);
        if (maxMemory.isZero()) {
            var data = dataset.orElse(MemorySize.ofMegabytes(64));
            return Demand.unbounded(floor, Amount.of(base, new Term("data",
                    data.times(fragmentation), dataset.isPresent() ? "x-plimsoll.dataset" : "assumed dataset",
                    "assumption")), dataset.isPresent()
                            ? ""
                            : "64 MB of data, as neither maxmemory nor a dataset is "
                                    + "given");
        }
        var used = dataset.orElse(maxMemory).min(maxMemory);
        return Demand.bounded(floor, Amount.of(base, new Term("data", used.times(fragmentation), used + " × "
                + text(fragmentation) + " fragmentation", dataSource(calibrated, fragmentation))),
                ceiling(maxMemory, forks, calibrated));
    }
}
