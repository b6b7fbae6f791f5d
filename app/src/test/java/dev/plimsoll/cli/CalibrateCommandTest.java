package dev.plimsoll.cli;

import static dev.plimsoll.cli.StandIn.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.units.MemorySize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What calibrating a stack keeps, and when it says that something is missing.
class CalibrateCommandTest {
    private static final MemorySize LIMIT = MemorySize.ofMegabytes(256L);

    @TempDir
    private Path directory = Path.of("");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    /// Of a stack that was planned with `api`, which is at work, and `job`.
    private Run calibrate(MemorySize held, Container... others) throws IOException {
        return calibrate("--for=10s", held, others);
    }

    private Run calibrate(String options, MemorySize held, Container... others) throws IOException {
        StandIn.render(directory);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var containers = List.of(List.of(container("api", "running", 0, "no")), List.of(others)).stream()
                .flatMap(List::stream)
                .toList();
        var looking = new Looking((_, _, _) -> new StandIn(containers, container -> container.isRunning()
                ? Optional.of(reading(held))
                : Optional.empty()), () -> now, span -> now = now.plus(span).plusMillis(1));
        var command = new CalibrateCommand(looking).printingTo(new Terminal(new PrintStream(out, true,
                StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), Map.of(), false));
        var code = new CommandLine(command).execute((options + " " + directory).split(" ", -1));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Uses a core.
    private CgroupReading reading(MemorySize held) {
        return new CgroupReading(2, held, held, held, MemorySize.ZERO, MemorySize.ZERO, Optional.empty(), Optional
                .empty(), Optional.of(LIMIT), 0, Optional.empty(), now.toEpochMilli() / 1000.0, 0,
                CgroupReading.Periods.NONE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void aLowerPeakThatTakesThePlaceOfAHigherOneIsNamed() throws IOException {
        var job = container("job", "exited", 0, "no");
        assertThat(calibrate(MemorySize.ofMegabytes(90), job).out()).doesNotContain("takes the place of");
        var lower = calibrate(MemorySize.ofMegabytes(40), job);
        assertThat(lower.out()).contains("api: a peak of 40 MB takes the place of 90 MB, measured 2026-03-01T12:00:");
        assertThat(calibrate(MemorySize.ofMegabytes(50), job).out()).doesNotContain("takes the place of");
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        var dry = calibrate("--for=10s --dry-run", MemorySize.ofMegabytes(90), container("job", "exited", 0, "no"));
        assertThat(dry.code()).isEqualTo(ExitCode.FINE);
        assertThat(dry.out()).contains("Nothing is written");
        assertThat(directory.resolve("calibration.yml")).doesNotExist();
        assertThat(directory.resolve(".plimsoll")).doesNotExist();
    }

    @Test
    void whatWasMeasuredBeforeOfOthersStays() throws IOException {
        calibrate(MemorySize.ofMegabytes(90), container("job", "running", 0, "no"));
        calibrate(MemorySize.ofMegabytes(40), container("job", "exited", 0, "no"));
        assertThat(directory.resolve("calibration.yml")).content().contains("  job:", "  api:");
    }

    @Test
    void aServiceThatDoesNotRunIsNoJobThatIsDone() throws IOException {
        assertThat(calibrate(MemorySize.ofMegabytes(90), container("job", "exited", 0, "no")).code())
                .isEqualTo(ExitCode.FINE);
        var missing = calibrate(MemorySize.ofMegabytes(90));
        assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).contains("not measured: job");
    }
}
