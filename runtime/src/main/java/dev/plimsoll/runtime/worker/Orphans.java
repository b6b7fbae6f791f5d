package dev.plimsoll.runtime.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// Finds and ends what children started and left behind.
final class Orphans {
    private static final int ROUNDS = 20;

    private Orphans() {}

    /// Ends a process with its family. What forks meanwhile is found in the next round.
    ///
    /// @param leader began a session of its own; it may be gone already
    /// @param group what its cgroup holds
    static void kill(ProcessHandle leader, LongStream group) {
        leader.destroyForcibly();
        group.forEach(Orphans::kill);
        for (var round = 0; round < ROUNDS; round++) {
            var family = Procfs.family(leader.pid(), Procfs.all());
            family.remove(leader.pid());
            if (family.isEmpty()) {
                return;
            }
            family.forEach(Orphans::kill);
            Pause.milliseconds(2);
        }
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /// Ends what descends from parents on this machine that are gone.
    ///
    /// @return how many processes
    static int killThoseOfTheDead() {
        return killMarked(marker -> Origin.parse(marker).filter(Origin::isGone).isPresent());
    }

    private static int killMarked(Predicate<String> condemned) {
        var killed = 0;
        for (var process : Procfs.all()) {
            if (process.pid() != ProcessHandle.current().pid() && process.isAlive() && marker(process.pid()).filter(
                    condemned).isPresent()) {
                kill(process.pid());
                killed++;
            }
        }
        return killed;
    }

    private static Optional<String> marker(long pid) {
        return Procfs.text(Path.of("/proc/" + pid + "/environ")).stream().flatMap(text -> List.of(text.split("\0"))
                .stream()).filter(entry -> entry.startsWith(Origin.VARIABLE + "=")).map(entry -> entry.substring(
                        Origin.VARIABLE.length() + 1))
                .findFirst();
    }
}
