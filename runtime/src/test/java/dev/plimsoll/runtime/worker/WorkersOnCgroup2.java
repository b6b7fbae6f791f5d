package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the kernel does of cgroup version 2. Run by [Cgroup2LiveTest] in a machine of its own, whose topmost cgroup is
/// free.
class WorkersOnCgroup2 {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private static Memory mb(long megabytes) {
        return Memory.ofMegabytes(megabytes);
    }

    @Test
    void theKernelStopsAChildAtItsCeilingWhereNobodyLooks() throws Exception {
        var cage = new Cage(mb(160), mb(4000));
        assertThat(cage.missing()).isEmpty();
        var child = ChildProcess.launch(ChildCommand.java(LeakyWork.class), cage, Limits.of(mb(2000)).withWall(Duration
                .ofSeconds(60)), 100, Memory.NONE);
        child.awaitReady();
        assertThat(groups()).hasSize(1);
        var run = child.run(new Job("native", "1", 1, "1000"));
        assertThat(run.outcome()).as(run.message()).isEqualTo(Outcome.KILLED_MEMORY);
        assertThat(groups()).isEmpty();
    }

    @Test
    void aGroupBelowHasTheLimitOfTheOneAbove() throws IOException {
        var root = new Cgroup(CGROUPS, true);
        var above = root.create("above", mb(50)).orElseThrow();
        var below = above.create("below", mb(90)).orElseThrow();
        assertThat(below.limit()).contains(mb(50));
        assertThat(below.used()).isEqualTo(Memory.NONE);
        below.remove();
        above.remove();
        assertThat(above.directory()).doesNotExist();
        assertThat(root.limit()).as("the topmost has none").isEmpty();
    }

    @Test
    void aGroupWithProcessesHandsNothingDownAndNothingIsLeftThere() throws Exception {
        var shell = Files.createDirectory(CGROUPS.resolve("shell"));
        var process = new ProcessBuilder("sh", "-c", "echo $$ > \"$0/cgroup.procs\"; exec sleep 60", shell.toString())
                .start();
        var own = new Cgroup(shell, true);
        while (own.processes().findAny().isEmpty()) {
            Pause.milliseconds(20);
        }
        assertThat(own.create("child", mb(64))).isEmpty();
        assertThat(shell.resolve("child")).doesNotExist();
        process.destroyForcibly().waitFor();
        own.remove();
    }

    private static List<Path> groups() throws IOException {
        try (var below = Files.newDirectoryStream(CGROUPS, "plimsoll-*")) {
            var found = new ArrayList<Path>();
            below.forEach(found::add);
            return found;
        }
    }
}
