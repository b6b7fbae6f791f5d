package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockWriter;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        var services = List.of("api", "job").stream().map(name -> new LockedService(name, "unknown", Role.APP, Optional
                .of("shop"), 1, LIMIT, LIMIT, Optional.empty(), Millicores.ofCores(1), List.of())).toList();
        Files.writeString(directory.resolve(Lock.FILE_NAME), LockWriter.text(new Lock("shop", List.of("compose.yml"),
                List.of(), "production", Host.TYPICAL, MemorySize.ofGigabytes(3), services, List.of(), List.of())));
        Files.writeString(directory.resolve("compose.yml"), "services: {api: {image: shop}, job: {image: shop}}");
        Files.writeString(directory.resolve("compose.plimsoll.yml"), "services: {api: {mem_limit: 256m}}");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var containers = List.of(List.of(container("api", "running")), List.of(others)).stream().flatMap(List::stream)
                .toList();
        var looking = new Looking((_, _, _) -> new StandIn(containers, container -> container.isRunning()
                ? Optional.of(reading(held))
                : Optional.empty()), () -> now, span -> now = now.plus(span).plusMillis(1));
        var command = new CalibrateCommand(looking).printingTo(new Terminal(new PrintStream(out, true,
                StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), Map.of(), false));
        var code = new CommandLine(command).execute("--for", "10s", directory.toString());
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Uses a core.
    private CgroupReading reading(MemorySize held) {
        return new CgroupReading(2, held, held, held, MemorySize.ZERO, MemorySize.ZERO, Optional.empty(), Optional
                .empty(), Optional.of(LIMIT), 0, Optional.empty(), now.toEpochMilli() / 1000.0, 0,
                CgroupReading.Periods.NONE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Container container(String service, String state) {
        return new Container(service, 1, service, "shop", state, Optional.empty(), 0, Optional.of(Instant.EPOCH),
                Optional.of(0), false, Optional.of(LIMIT), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0, "no", false, Map.of(), List.of(), List.of(), List.of());
    }

    @Test
    void aLowerPeakThatTakesThePlaceOfAHigherOneIsNamed() throws IOException {
        var job = container("job", "exited");
        assertThat(calibrate(MemorySize.ofMegabytes(90), job).out()).doesNotContain("takes the place of");
        var lower = calibrate(MemorySize.ofMegabytes(40), job);
        assertThat(lower.out()).contains("api: a peak of 40 MB takes the place of 90 MB, measured 2026-03-01T12:00:");
        assertThat(calibrate(MemorySize.ofMegabytes(50), job).out()).doesNotContain("takes the place of");
    }

    @Test
    void aServiceThatDoesNotRunIsNoJobThatIsDone() throws IOException {
        assertThat(calibrate(MemorySize.ofMegabytes(90), container("job", "exited")).code()).isEqualTo(ExitCode.FINE);
        var missing = calibrate(MemorySize.ofMegabytes(90));
        assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).contains("not measured: job");
    }
}
