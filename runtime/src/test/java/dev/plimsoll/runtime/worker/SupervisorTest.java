package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Any command is kept under a ceiling.
class SupervisorTest {
    /// A shell holds what it is told to; without `exec` it has children.
    private static final String HOLD = "x=$(head -c %d000000 /dev/zero | tr '\\0' x); ";

    @TempDir
    private Path directory = Path.of("");

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private Supervisor supervisor(Memory ceiling, Memory soft, String script) {
        return new Supervisor(SupervisorSettings.of(ceiling, List.of("/bin/sh", "-c", script)).withSoft(soft)
                .withPatience(Duration.ofMillis(300)).withBackoff(Duration.ofMillis(50)).withDrain(Duration.ofSeconds(
                        5)),
                said::add);
    }

    private static Memory mb(int megabytes) {
        return Memory.ofMegabytes(megabytes);
    }

    private String countedStarts() {
        return "echo >> " + directory + "/starts; [ $(wc -l < " + directory + "/starts) -ge 3 ] && exit 0; ";
    }

    @Test
    void endsWhenTheCommandEndsWell() throws Exception {
        var supervisor = supervisor(mb(64), mb(48), "sleep 0.2");
        assertThat(supervisor.run()).isZero();
        assertThat(supervisor.starts()).isEqualTo(1);
    }

    @Test
    void startsAgainWhatEndsBadly() throws Exception {
        var supervisor = supervisor(mb(64), mb(48), countedStarts() + "exit 7");
        assertThat(supervisor.run()).isZero();
        assertThat(supervisor.starts()).isEqualTo(3);
        assertThat(said).contains("it ended with code 7 and is started again in 50 ms",
                "it ended with code 7 and is started again in 100 ms");
    }

    @Test
    void waitsNoLongerThanTheLongestBetweenTwoStarts() throws Exception {
        var settings = new SupervisorSettings(List.of("/bin/sh", "-c", countedStarts() + "exit 7"), mb(64), mb(48), mb(
                64), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(60));
        assertThat(new Supervisor(settings, said::add).run()).isZero();
        assertThat(said).containsSequence("it ended with code 7 and is started again in 50 ms",
                "it ended with code 7 and is started again in 60 ms");
    }

    @Test
    void killsWhatDoesNotEndWhenAsked() throws Exception {
        var supervisor = new Supervisor(SupervisorSettings.of(mb(64), List.of("/bin/sh", "-c", "trap '' TERM; echo > "
                + directory + "/deaf; while true; do sleep 0.1; done")).withDrain(Duration.ofMillis(200)), said::add);
        var code = CompletableFuture.supplyAsync(() -> {
            try {
                return supervisor.run();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        while (!Files.exists(directory.resolve("deaf"))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        supervisor.stop();
        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(137);
        assertThat(said).contains("it is asked to end", "it did not end within 200 ms, and is killed");
    }

    @Test
    void killsAtTheCeilingCountingAllItStarted() throws Exception {
        var held = "(" + HOLD.formatted(30) + "sleep 60) & ";
        var supervisor = supervisor(mb(80), mb(70), countedStarts() + held + held + held + "wait; exit 9");
        assertThat(supervisor.run()).isZero();
        assertThat(supervisor.starts()).isEqualTo(3);
        assertThat(supervisor.highestMemory()).isLessThan(mb(100));
    }

    @Test
    void asksToEndAboveTheSoftLimitAndLetsItFinish() throws Exception {
        var supervisor = supervisor(mb(80), mb(20), "trap 'sleep 0.3; echo finished >> " + directory + "/end; exit 0' "
                + "TERM; " + countedStarts() + HOLD.formatted(30) + "while true; do sleep 0.1; done");
        assertThat(supervisor.run()).isZero();
        assertThat(Files.readAllLines(directory.resolve("end"))).containsExactly("finished", "finished");
        assertThat(said).anyMatch(line -> line.contains("more than 20MB, for 300 ms, and is asked to end"));
    }

    @Test
    void letsAPeakPass() throws Exception {
        var script = "(head -c 30000000 /dev/zero; sleep 0.5) | tail > /dev/null; sleep 1.5";
        var supervisor = new Supervisor(SupervisorSettings.of(mb(80), List.of("/bin/sh", "-c", script)).withSoft(mb(20))
                .withPatience(Duration.ofSeconds(1)), said::add);
        assertThat(supervisor.run()).isZero();
        assertThat(supervisor.starts()).isEqualTo(1);
        assertThat(supervisor.highestMemory()).isGreaterThan(mb(25));
    }

    @Test
    void killsASingleProcessThatIsTooLarge() throws Exception {
        var script = "(" + HOLD.formatted(30) + "sleep 60) & wait $!; code=$?; echo $code > " + directory
                + "/code; exit 0";
        var supervisor = new Supervisor(SupervisorSettings.of(mb(100), List.of("/bin/sh", "-c", script)).withProcess(mb(
                20)), said::add);
        assertThat(supervisor.run()).isZero();
        assertThat(Files.readString(directory.resolve("code")).strip()).isNotIn("0", "");
    }

    @Test
    void stopsTheCommandAndAllItStarted() throws Exception {
        var supervisor = supervisor(mb(80), mb(40), "sleep 61 & echo $! > " + directory + "/pid; sleep 62; true");
        var code = CompletableFuture.supplyAsync(() -> {
            try {
                return supervisor.run();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        var pid = directory.resolve("pid");
        while (!Files.exists(pid) || Files.size(pid) == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        supervisor.stop();
        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(143);
        assertThat(Procfs.stat(Long.parseLong(Files.readString(pid).strip())).filter(Procfs.Stat::isAlive)).isEmpty();
    }

    @Test
    void startsNothingOverAndOverThatDoesNotExist() {
        var settings = SupervisorSettings.of(mb(64), List.of("celrey", "worker"));
        assertThatThrownBy(() -> new Supervisor(settings, said::add).run()).isInstanceOf(IOException.class)
                .hasMessageContaining("`celrey` is no program that can be run, or is in no directory of PATH");
        assertThatThrownBy(() -> new Supervisor(SupervisorSettings.of(mb(64), List.of("/etc/passwd")), said::add).run())
                .isInstanceOf(IOException.class).hasMessageEndingWith("`/etc/passwd` is no program that can be run");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--memory 64MB -- /bin/sh -c 'true'|0|",
            "--memory lots -- true|2|usage: Supervise",
            "--memory 64MB -- celrey|3|the command cannot be started: `celrey`"})
    void theShellLearnsHowItEnded(String line, int code, @Nullable String says) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Supervise.class.getName()));
        command.addAll(List.of(line.replace("'", "").split(" ")));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains(
                Optional.ofNullable(says).orElse(""));
        assertThat(process.waitFor()).isEqualTo(code);
    }

    @Test
    void readsTheCommandLine() {
        var settings = Supervise.parse(List.of("--memory", "512MB", "--soft", "400m", "--process", "100MB", "--drain",
                "30", "--patience", "2", "--", "celery", "-A", "app", "worker"));
        assertThat(settings.command()).containsExactly("celery", "-A", "app", "worker");
        assertThat(settings.ceiling()).isEqualTo(mb(512));
        assertThat(settings.soft()).isEqualTo(mb(400));
        assertThat(settings.process()).isEqualTo(mb(100));
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--memory 64MB|follows after `--`",
            "--soft 64MB -- true|`--memory` is needed",
            "--memory lots -- true|`lots` is no amount of memory",
            "--memory 64MB --speed 9 -- true|`--speed` is no option",
            "--memory 64MB --drain soon -- true|takes whole seconds, not `soon`",
            "--memory 64MB --soft 65MB -- true|must be below the ceiling",
            "--memory 64MB --|no command"})
    void saysWhatIsWrongWithACommandLine(String line, String problem) {
        assertThatThrownBy(() -> Supervise.parse(List.of(line.split(" ")))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
