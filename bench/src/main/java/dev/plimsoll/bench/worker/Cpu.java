package dev.plimsoll.bench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Processor time of this machine and kernel kills, before and after.
///
/// @param kills for want of memory, anywhere on this machine
/// @param ownTicks of this process and all it started that has ended
record Cpu(long idleTicks, long allTicks, long ownTicks, long kills) {
    /// USER_HZ, which is 100 on every Linux.
    private static final double TICKS_PER_SECOND = 100;

    static Cpu now() throws IOException {
        var fields = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow().strip().split("\\s+");
        var all = 0L;
        for (var field = 1; field <= 8; field++) {
            all += Long.parseLong(fields[field]);
        }
        var kills = Files.readString(Path.of("/proc/vmstat")).lines().filter(line -> line.startsWith("oom_kill "))
                .mapToLong(line -> Long.parseLong(line.substring(9).strip())).sum();
        var own = Files.readString(Path.of("/proc/self/stat"));
        var times = own.substring(own.lastIndexOf(')') + 2).split(" ");
        var ownTicks = 0L;
        for (var field = 11; field <= 14; field++) {
            ownTicks += Long.parseLong(times[field]);
        }
        return new Cpu(Long.parseLong(fields[4]) + Long.parseLong(fields[5]), all, ownTicks, kills);
    }

    String since(Cpu before, Duration took, long jobs) {
        var busy = 100 - (idleTicks - before.idleTicks) * 100 / Math.max(1, allTicks - before.allTicks);
        var own = (ownTicks - before.ownTicks) / TICKS_PER_SECOND;
        return String.format(Locale.ROOT, "%.1f s, %.1f jobs/s, %.1f s CPU, %.1f ms CPU a job, machine %d %% busy", took
                .toMillis() / 1000.0, jobs * 1000.0 / took.toMillis(), own, own * 1000 / Math.max(1, jobs), busy);
    }
}
