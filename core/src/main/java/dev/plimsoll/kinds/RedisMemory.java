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
    /// Memory held over what Redis counts as used, for values of one size, without the base: 0.93 to 1.05 in twelve
    /// fillings, 1.07 after other work.
    public static final double LIKE_SIZES = 1.07;
    /// The same for values of many sizes that stay as they are.
    public static final double FRAGMENTATION = 1.15;
    /// The same while eviction replaces all data by values of another size, because pages are given back only when
    /// nothing on them is left: 1.7 to 1.9 for one replacement at 64 to 512 MB, with and without active
    /// defragmentation. No setting bounds it: six sizes, each replaced before it had replaced the last, reach 2.2, and
    /// at random up to 2.5.
    public static final double CHURN = 1.9;
    /// While a fork writes the file, every page that changes exists twice: 1.92 to 1.93 under 20,000 writes a second.
    public static final double FORK_FACTOR = 2;
    /// Client and replication buffers that maxmemory does not count.
    public static final MemorySize BUFFERS = MemorySize.ofMegabytes(16);

    static final String MODEL = "measured on Redis 7.0.15";

    private RedisMemory() {}

    /// The base at worst: as measured where that is more.
    static MemorySize base(Calibrated calibrated) {
        return calibrated.size(Constant.REDIS_BASE).orElse(BASE).max(BASE);
    }

    /// The fragmentation at worst: as measured where that is more.
    static double fragmentation(boolean evicts, Calibrated calibrated) {
        var model = evicts ? CHURN : FRAGMENTATION;
        return Math.max(model, calibrated.number(Constant.FRAGMENTATION).orElse(model));
    }

    private static Term baseTerm(MemorySize base, Calibrated calibrated) {
        return new Term("base", base, "", base.equals(BASE) ? MODEL : calibrated.source(Constant.REDIS_BASE, MODEL));
    }

    private static String dataSource(Calibrated calibrated, double fragmentation) {
        return fragmentation == FRAGMENTATION || fragmentation == CHURN
                ? MODEL
                : calibrated.source(Constant.FRAGMENTATION, MODEL);
    }

    /// The most that data bounded by `maxMemory` take as long as the sizes of values stay as they are.
    public static Amount steady(MemorySize maxMemory, boolean forks) {
        return full(maxMemory, FRAGMENTATION, "", forks, Calibrated.NONE);
    }

    /// The worst case with a bound of `maxMemory`.
    ///
    /// @param evicts whether data make room for others at the bound, in an order that is not the one they came in
    public static Amount ceiling(MemorySize maxMemory, boolean evicts, boolean forks) {
        return ceiling(maxMemory, evicts, forks, Calibrated.NONE);
    }

    static Amount ceiling(MemorySize maxMemory, boolean evicts, boolean forks, Calibrated calibrated) {
        return full(maxMemory, fragmentation(evicts, calibrated), evicts
                ? " while values of another size replace all data"
                : "", forks, calibrated);
    }

    private static Amount full(MemorySize maxMemory, double fragmentation, String when, boolean forks,
            Calibrated calibrated) {
        var data = maxMemory.times(fragmentation * (forks ? FORK_FACTOR : 1));
        return Amount.of(baseTerm(base(calibrated), calibrated),
                new Term("data", data, "maxmemory " + maxMemory + " × " + text(fragmentation) + " fragmentation" + when
                        + (forks ? " × 2 while a snapshot or AOF rewrite runs" : ""),
                        dataSource(calibrated, fragmentation)),
                buffers());
    }

    /// A running server whose values are of like sizes, without the client buffers that its own count leaves out.
    ///
    /// @param used as Redis counts it
    public static Amount held(MemorySize used) {
        return held(used, LIKE_SIZES);
    }

    /// A running server that has replaced all data by values of another size.
    ///
    /// @param used as Redis counts it
    public static Amount churned(MemorySize used) {
        return held(used, CHURN);
    }

    private static Amount held(MemorySize used, double fragmentation) {
        return Amount.of(new Term("base", BASE, "", MODEL), new Term("data", used.times(fragmentation), used
                + " used × " + text(fragmentation) + " fragmentation", MODEL));
    }

    public static Term buffers() {
        return new Term("buffers", BUFFERS, "output buffers that maxmemory does not count", MODEL);
    }

    /// `1.15`, `1.207`.
    static String text(double factor) {
        return BigDecimal.valueOf(factor).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    static Demand demand(MemorySize maxMemory, boolean evicts, boolean forks, Optional<MemorySize> dataset,
            Calibrated calibrated) {
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
                ceiling(maxMemory, evicts, forks, calibrated));
    }
}
