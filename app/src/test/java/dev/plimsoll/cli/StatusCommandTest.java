package dev.plimsoll.cli;

import static dev.plimsoll.cli.StandIn.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.observe.Container;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// Which stacks `plimsoll status` takes for running.
class StatusCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// Of a stack that was planned with `api` and `job`.
    private int status(Container... containers) throws IOException {
        StandIn.render(directory);
        var looking = new Looking((_, _, _) -> new StandIn(Arrays.asList(containers), _ -> Optional.empty()),
                () -> Instant.EPOCH, _ -> {
                });
        var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CommandLine(new StatusCommand(looking).printingTo(new Terminal(printed, printed, Map.of(), false)))
                .execute(directory.toString());
    }

    @ParameterizedTest
    @CsvSource({"running, 0, unless-stopped, 0", "exited, 0, no, 0", "exited, 0, on-failure, 0", "exited, 1, no, 1",
            "exited, 0, unless-stopped, 1", "exited, 0, always, 1", "paused, 0, no, 1", "restarting, 0, always, 1"})
    void whatEndedWellIsFineWhereNothingWouldStartItAgain(String state, int code, String policy, int expected)
            throws IOException {
        assertThat(status(container("api", "running", 0, "always"), container("job", state, code, policy))).isEqualTo(
                expected);
    }

    @Test
    void aPlannedServiceWithoutAContainerIsNamed() throws IOException {
        assertThat(status(container("job", "running", 0, "no"))).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("! api: has no container");
    }
}
