package dev.plimsoll.bench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Processor time of this machine and kernel kills, before and after.
///
/// @param kills for want of memory, anywhere on this machine
record Cpu(long idleTicks, long allTicks, long kills) {
    static Cpu now() throws IOException {
        var fields = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow().strip().split("\\s+");
        var all = 0L;
        for (var field = 1; field <= 8; field++) {
            all += Long.parseLong(fields[field]);
        }
        var kills = Files.readString(Path.of("/proc/vmstat")).lines().filter(line -> line.startsWith("oom_kill "))
                .mapToLong(line -> Long.parseLong(line.substring(9).strip())).sum();
        return new Cpu(Long.parseLong(fields[4]) + Long.parseLong(fields[5]), all, kills);
    }

    int busyPercent(Cpu before) {
        return (int) (100 - (idleTicks - before.idleTicks) * 100 / Math.max(1, allTicks - before.allTicks));
    }
}
