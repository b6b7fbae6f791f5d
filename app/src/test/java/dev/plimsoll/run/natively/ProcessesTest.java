package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.NativeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    private Path directory = Path.of("");

    private static State state(long pid, String identity) {
        return new State(State.Kind.NATIVE, "little-plimsoll", List.of(), List.of(new NativeProcess("db", pid, identity,
                "TERM", 0, "sleep", List.of("sleep", "60"), Map.of())), List.of(), "");
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
        var pid = Processes.start(List.of("sleep", "60"), Launch.Place.of(Account.here()), directory.resolve("log"));
        try (var shell = new LocalShell()) {
            assertThat(new NativeDown(shell).end(state(pid, Processes.identity(pid).orElseThrow()), false)).isEmpty();
            assertThat(Processes.identity(pid)).isEmpty();
        }
    }

    @Test
    void weightsOfBothVersionsMeanTheSame() {
        assertThat(Confinement.weight(2)).isEqualTo(1);
        assertThat(Confinement.weight(1024)).isEqualTo(39);
        assertThat(Confinement.weight(262_144)).isEqualTo(10_000);
    }
}
