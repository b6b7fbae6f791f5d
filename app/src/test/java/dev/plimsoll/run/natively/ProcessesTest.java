package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.NativeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    private Path directory = Path.of("");

    private static State state(long pid, String identity) {
        return new State(State.Kind.NATIVE, "little-plimsoll", List.of(), List.of(new NativeProcess("db", pid, identity,
                "TERM", 0, "sleep", List.of("sleep", "60"), Map.of())), List.of(), "", new State.Limits(true, ""));
    }

    @Test
    void aLaterProcessWithTheSamePidIsLeftAlone() throws IOException {
        var stranger = new ProcessBuilder("sleep", "60").start();
        try (var shell = new LocalShell()) {
            assertThat(new NativeDown(shell).end(state(stranger.pid(), "another boot:1"), false)).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void theProcessItselfIsEnded() {
        var pid = Processes.start(List.of("sleep", "60"), Launch.Place.of(Account.here()), directory.resolve("log"))
                .pid();
        try (var shell = new LocalShell()) {
            assertThat(new NativeDown(shell).end(state(pid, Processes.identity(pid).orElseThrow()), false)).isEmpty();
            assertThat(Processes.identity(pid)).isEmpty();
        }
    }

    /// Shells and the like end on the signal, and what they started stays.
    @Test
    void whatItStartedEndsWithIt() {
        var pid = started("sleep 611.5 & wait");
        var children = below(pid, "611.5");
        try (var shell = new LocalShell()) {
            assertThat(new NativeDown(shell).end(state(pid, Processes.identity(pid).orElseThrow()), false)).isEmpty();
            assertThat(children).isNotEmpty().allMatch(child -> Processes.identity(child.pid()).isEmpty());
        }
    }

    @Test
    void whatItLeftBehindWhenItEndedIsEndedToo() throws InterruptedException {
        var pid = started("sleep 612.5 & sleep 2");
        var identity = Processes.identity(pid).orElseThrow();
        var children = below(pid, "612.5");
        try (var shell = new LocalShell()) {
            while (Processes.identity(pid).isPresent()) {
                Thread.sleep(50);
            }
            assertThat(children).isNotEmpty().allMatch(child -> Processes.identity(child.pid()).isPresent());
            assertThat(new NativeDown(shell).end(state(pid, identity), false)).isEmpty();
            assertThat(children).allMatch(child -> Processes.identity(child.pid()).isEmpty());
        }
    }

    @Test
    void aSessionOfAnEarlierBootIsNobodys() throws InterruptedException {
        var pid = started("sleep 613.5 & sleep 2");
        var children = below(pid, "613.5");
        while (Processes.identity(pid).isPresent()) {
            Thread.sleep(50);
        }
        try (var shell = new LocalShell()) {
            assertThat(new NativeDown(shell).end(state(pid, "another boot:7"), false)).isEmpty();
            assertThat(children).anyMatch(child -> Processes.identity(child.pid()).isPresent());
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void whatAJobEndsWithIsKeptAndItsSignalsReachIt() throws IOException, InterruptedException {
        var good = new Ending(directory.resolve("good"));
        await(started("exit 0", Optional.of(good)));
        var bad = new Ending(directory.resolve("bad"));
        await(started("exit 3", Optional.of(bad)));
        var ended = new Ending(directory.resolve("ended"));
        var pid = started("trap 'exit 7' TERM; while :; do sleep 0.05; done", Optional.of(ended));
        below(pid, "0.05");
        try (var shell = new LocalShell()) {
            assertThat(ended.code()).isEmpty();
            assertThat(new NativeDown(shell).end(state(pid, Processes.identity(pid).orElseThrow()), false)).isEmpty();
        }
        assertThat(good.isGood()).isTrue();
        assertThat(bad.isGood()).isFalse();
        assertThat(bad.code()).contains(3);
        assertThat(ended.code()).contains(7);
    }

    private static void await(long pid) throws InterruptedException {
        for (var looks = 0; Processes.identity(pid).isPresent() && looks < 200; looks++) {
            Thread.sleep(20);
        }
    }

    private long started(String script) {
        return started(script, Optional.empty());
    }

    private long started(String script, Optional<Ending> ending) {
        var launch = new Launch("db", "sh", List.of("sh", "-c", script), "TERM", Optional.empty(), Map.of(), List.of(),
                Launch.Place
                        .of(new Account(Optional.empty())));
        return Processes.start(launch.confined(new Confinement.Cell(List.of(), List.of()), ending), launch.place(),
                directory
                        .resolve("log"))
                .pid();
    }

    /// The process below one that sleeps for so many seconds, once it is there.
    private static List<ProcessHandle> below(long pid, String seconds) {
        var found = List.<ProcessHandle>of();
        for (var looks = 0; found.isEmpty() && looks < 100; looks++) {
            Processes.pause();
            found = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).filter(child -> child.info()
                    .commandLine().filter(line -> line.endsWith("sleep " + seconds)).isPresent()).toList();
        }
        return found;
    }

    @Test
    void looksAtTheSameTimeDoNotHinderEachOther() {
        assumeTrue(Confinement.here("looking") instanceof Confinement.Own, "no cgroup can be made here");
        assertThat(
                IntStream.range(0, 400).parallel().mapToObj(_ -> Confinement.here("looking").description()).distinct())
                .hasSize(1);
    }

    @Test
    void weightsOfBothVersionsMeanTheSame() {
        assertThat(Confinement.weight(2)).isEqualTo(1);
        assertThat(Confinement.weight(1024)).isEqualTo(39);
        assertThat(Confinement.weight(262_144)).isEqualTo(10_000);
    }
}
