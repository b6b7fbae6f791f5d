package dev.plimsoll.runtime.worker;

import java.util.Optional;

/// Reads the state of this machine, as far as its own cgroup lets it be used.
final class Machine {
    /// A share of busy time over less says little.
    private static final long SHORTEST = 500_000_000;

    private final Optional<Cgroup> own = Cgroup.own();
    private long[] before = Procfs.processors();
    private long at = System.nanoTime();
    private int cpuPercent;

    synchronized Reading read() {
        var memory = Procfs.machine();
        var total = memory.getOrDefault("MemTotal", Memory.NONE);
        var available = memory.getOrDefault("MemAvailable", Memory.NONE);
        var whole = new Reading(total, available, cpuPercent());
        return own.flatMap(group -> group.limit().map(limit -> new Reading(limit, limit.minus(group.used()), whole
                .cpuPercent()))).filter(inner -> inner.available().compareTo(available) < 0).orElse(whole);
    }

    private int cpuPercent() {
        if (System.nanoTime() - at >= SHORTEST) {
            var now = Procfs.processors();
            cpuPercent = now[1] == before[1] ? cpuPercent : (int) ((now[0] - before[0]) * 100 / (now[1] - before[1]));
            before = now;
            at = System.nanoTime();
        }
        return cpuPercent;
    }
}
