package dev.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The parts of the start-up benchmark that decide what its figures mean.
class StartUpTest {
    private static final Contender EACH = Contender.plimsoll("plimsoll", Contender.Evidence.EACH, "audit", "--each");
    private static final Contender DCLINT = Contender.dclint("dclint");

    @TempDir
    private Path directory = Path.of("");

    private static Finished finished(int code, String out) {
        return new Finished(code, out, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void timesAreThoseOfTheChildren() throws IOException, InterruptedException {
        assertThat(Finished.cpu("0m1.230000s 1m0.050000s")).isEqualTo(Duration.ofMillis(61_280));
        assertThat(Finished.cpu("0m0,42s\t0m0,01s")).isEqualTo(Duration.ofMillis(430));
        var run = Finished.run(List.of("sh", "-c", "echo said; exit 7"));
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.out()).isEqualTo("said\n");
        assertThat(run.wall()).isPositive();
    }

    @Test
    void medianAndSpreadAreThoseOfRealRuns() {
        var timing = new Timing();
        for (var ms : List.of(50, 10, 40, 20, 30)) {
            timing.add(new Finished(0, "", Duration.ofMillis(ms), Duration.ofMillis(2L * ms)));
        }
        assertThat(timing.wall(0.5)).isEqualTo(30);
        assertThat(timing.cpu(0)).isEqualTo(20);
        assertThat(timing.cpu(1)).isEqualTo(100);
    }

    @Test
    void onlyComposeFilesAreTakenFromDirectories() throws IOException {
        for (var name : List.of("compose.yml", "docker-compose.prod.yaml", "prometheus.yml", "compose.yml.bak")) {
            Files.writeString(directory.resolve(name), "");
        }
        assertThat(ComposeFiles.in(List.of(directory, Path.of("any.yml")))).containsExactly(
                directory.resolve("compose.yml").toString(), directory.resolve("docker-compose.prod.yaml").toString(),
                "any.yml");
    }

    @Test
    void everyFileMustBeInTheOutput() {
        var out = "[{\"files\": [\"a.yml\"]}, {\"files\": [\"b.yml\"]}]";
        assertThat(EACH.hasRead(finished(1, out), List.of("a.yml", "b.yml"))).isTrue();
        assertThat(EACH.hasRead(finished(1, out), List.of("a.yml", "b.yml", "c.yml"))).isFalse();
        assertThat(EACH.hasRead(finished(2, out), List.of("a.yml", "b.yml"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "", "Error: no",
            "[{\"filePath\": \"a.yml\", \"messages\": [{\"rule\": \"invalid-yaml\"}]}]"})
    void fileThatDclintCouldNotReadDoesNotCount(String out) {
        assertThat(DCLINT.hasRead(finished(1, out), List.of("a.yml"))).isFalse();
    }

    @Test
    void fileThatDclintReadCounts() {
        var out = "[{\"filePath\": \"a.yml\", \"messages\": [{\"rule\": \"services-alphabetical-order\"}]}]";
        assertThat(DCLINT.hasRead(finished(0, out), List.of("a.yml"))).isTrue();
    }
}
