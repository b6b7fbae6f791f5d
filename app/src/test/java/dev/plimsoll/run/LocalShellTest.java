package dev.plimsoll.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LocalShellTest {
    @Test
    void givesOutputComplaintsAndCode() {
        try (var shell = new LocalShell()) {
            assertThat(shell.run(Command.of("sh", "-c", "echo out; echo err >&2; exit 3")))
                    .isEqualTo(new Shell.Result(3, "out\n", "err\n"));
        }
    }

    @Test
    void passesInputAndVariables() {
        try (var shell = new LocalShell()) {
            var command = Command.of("sh", "-c", "cat; echo $WORD").withInput("in\n").with("WORD", "word");
            assertThat(shell.run(command).out()).isEqualTo("in\nword\n");
        }
    }

    @Test
    void endsTheWholeTreeAfterTheTimeout() {
        try (var shell = new LocalShell()) {
            var result = shell
                    .run(Command.of("sh", "-c", "sleep 321.5 & echo $!; wait").within(Duration.ofSeconds(3)));
            assertThat(result.code()).isEqualTo(Shell.TIMED_OUT);
            assertThat(ProcessHandle.of(Long.parseLong(result.out().strip())).filter(ProcessHandle::isAlive)
                    .flatMap(handle -> handle.info().command()).filter(command -> command.contains("sleep")))
                    .isEmpty();
        }
    }

    /// One that is in no tree of ours is not ours to end either.
    @Test
    void doesNotWaitForWhoLeftTheTreeWithThePipe() {
        try (var shell = new LocalShell()) {
            var began = System.nanoTime();
            var result = shell.run(Command.of("sh", "-c", "(setsid sleep 61.7 &) ; sleep 60").within(Duration.ofMillis(
                    300)));
            assertThat(result.code()).isEqualTo(Shell.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        } finally {
            ProcessHandle.allProcesses().filter(one -> one.info().commandLine().filter(line -> line.endsWith(
                    "sleep 61.7")).isPresent()).forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void keepsOnlySoMuchOutput() {
        try (var shell = new LocalShell()) {
            var result = shell.run(Command.of("head", "-c", "9000000", "/dev/zero"));
            assertThat(result.code()).isZero();
            assertThat(result.out()).hasSize(Shell.MOST_OUTPUT);
        }
    }

    @Test
    void saysWhenAProgramIsAbsent() {
        try (var shell = new LocalShell()) {
            assertThat(shell.run(Command.of("no-such-program")).code()).isEqualTo(Shell.NOT_FOUND);
        }
    }

    @Test
    void closingEndsWhatRuns() {
        var shell = new LocalShell();
        var sleeping = CompletableFuture.supplyAsync(() -> shell.run(Command.of("sleep", "60")));
        while (ProcessHandle.current().descendants().noneMatch(handle -> handle.info().commandLine()
                .filter(line -> line.endsWith("sleep 60")).isPresent())) {
            Thread.onSpinWait();
        }
        shell.close();
        assertThat(sleeping.join().succeeded()).isFalse();
        assertThat(shell.run(Command.of("true")).succeeded()).isFalse();
    }

    @Test
    void shownCommandsCanBeTyped() {
        assertThat(Command.of("docker", "exec", "db", "psql", "-c", "it's").with("PGPASSWORD", "secret"))
                .hasToString("docker exec db psql -c 'it'\\''s'");
    }
}
