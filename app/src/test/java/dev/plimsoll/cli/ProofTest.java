package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.Journey.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
    @TempDir
    private Path logs = Path.of("");

    private final List<String> ran = new ArrayList<>();
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal() {
        return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
                StandardCharsets.UTF_8), Map.of(), false);
    }

    private Journey journey() {
        return new Journey(terminal(), logs, (terminal, words) -> {
            ran.add(String.join(" ", words));
            terminal.print("first line\nlast line of " + words[0] + "\n\n");
            return codes.getOrDefault(words[0], ExitCode.FINE);
        });
    }

    private Proof proof(boolean keep, String... load) {
        return new Proof(dir(), true, List.of(load), false, false, keep, false);
    }

    /// A rendered directory without evidence.
    private Path dir() {
        return logs.resolve("dir");
    }

    @BeforeEach
    void lock() throws IOException {
        Files.createDirectories(dir());
        Files.writeString(dir().resolve("plimsoll.lock.yml"), "a lock\n");
    }

    private int prove(Proof proof) {
        var journey = journey();
        List<Outcome> outcomes = proof.run(journey, 2, proof.count(), journey.run(proof.up(), 1, proof.count()));
        return ProveCommand.ending(terminal(), proof, outcomes);
    }

    private List<String> commands() {
        return ran.stream().map(line -> line.split(" ")[0]).toList();
    }

    @Test
    void theStackIsLookedAtLoadedReportedAndTakenDown() {
        assertThat(prove(proof(false, "traffic.yml"))).isEqualTo(ExitCode.FINE);
        assertThat(commands()).containsExactly("up", "verify", "stress", "stress", "verify", "report", "report",
                "down");
        assertThat(ran).contains("up " + dir() + " --native")
                .anySatisfy(line -> assertThat(line).contains("--find-cliff",
                        "traffic.yml"));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("[1/7] Bring the stack up", "last line of verify",
                "Report: " + dir() + "/report.html", "Readiness: nothing failed, not all was run.\nOf 100 points 0.0");
    }

    @Test
    void aQuickOneLeavesOutTheLongLoadAndTheCliff() {
        prove(new Proof(dir(), false, List.of("traffic.yml"), true, false, false, false));
        assertThat(commands()).containsExactly("up", "verify", "stress", "verify", "report", "report", "down");
        assertThat(ran).contains("stress traffic.yml --stack=" + dir() + " --profile=normal,peak,spike --quick");
    }

    @Test
    void profilesOfTheTrafficFileAreRunInstead() {
        prove(new Proof(dir(), false, List.of("traffic.yml"), true, true, false, false));
        assertThat(ran).contains("stress traffic.yml --stack=" + dir() + " --quick");
    }

    @Test
    void itRunsWhereItIsAskedFor() {
        assertThat(ProveCommand.natively(true, false)).isFalse();
        assertThat(ProveCommand.natively(false, true)).isTrue();
    }

    @Test
    void withoutTrafficNoLoadIsPutOnIt() {
        prove(proof(false));
        assertThat(commands()).containsExactly("up", "verify", "report", "report", "down");
    }

    @Test
    void aStackThatDoesNotComeUpIsAllThereIs() {
        codes.put("up", ExitCode.FAILED);
        assertThat(prove(proof(false, "traffic.yml"))).isEqualTo(ExitCode.FAILED);
        assertThat(commands()).containsExactly("up");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Report:");
    }

    @Test
    void aFailedCheckDoesNotEndTheJourneyAndIsTheResult() {
        codes.put("verify", ExitCode.FAILED);
        assertThat(prove(proof(false, "traffic.yml"))).isEqualTo(ExitCode.FAILED);
        assertThat(commands()).endsWith("report", "down");
    }

    @Test
    void aStepThatCannotWorkIsNamedAndTheStackIsTakenDown() {
        codes.put("stress", ExitCode.BAD_INPUT);
        assertThat(prove(proof(false, "traffic.yml"))).isEqualTo(ExitCode.MISSING);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("plimsoll stress traffic.yml");
        assertThat(commands()).endsWith("down");
    }

    @Test
    void aStackToKeepIsLeftRunning() {
        prove(proof(true, "traffic.yml"));
        assertThat(commands()).doesNotContain("down");
    }

    @Test
    void dataOfAnEarlierStartStays() {
        prove(new Proof(dir(), true, List.of(), false, false, false, true));
        assertThat(ran).last().isEqualTo("down " + dir() + " --keep-data");
    }

    @Test
    void logsThatCannotBeWrittenAreNoReasonToLeaveTheStackRunning() throws IOException {
        Files.writeString(logs.resolve("file"), "no directory");
        var journey = new Journey(terminal(), logs.resolve("file"), journey().runner());
        var proof = proof(false);
        proof.run(journey, 2, proof.count(), journey.run(proof.up(), 1, proof.count()));
        assertThat(commands()).containsExactly("up", "verify", "report", "report", "down");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("what this step printed cannot be kept");
    }

    @Test
    void whatEachStepPrintedIsKept() throws IOException {
        prove(proof(false));
        assertThat(Files.readString(logs.resolve("1-up.txt"))).contains("first line", "last line of up");
    }

    @Test
    void interruptedItBeginsNothingNewAndTakesDownWhatItBroughtUp() throws IOException {
        assertThat(interrupted(false)).containsExactly("up", "verify", "down");
    }

    @Test
    void interruptedItLeavesAStackToKeepAlone() throws IOException {
        assertThat(interrupted(true)).containsExactly("up", "verify");
    }

    /// The commands that another program begins which is ended while it looks at the stack.
    private List<String> interrupted(boolean keep) throws IOException {
        var process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp", System
                .getProperty("java.class.path"), EndedWhileItLooks.class.getName(), dir().toString(),
                String.valueOf(
                        keep))
                .redirectErrorStream(true).start();
        try (var lines = process.inputReader()) {
            return lines.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Proves a stack with commands that only say their names, and ends in the second of them.
    static final class EndedWhileItLooks {
        private static final Duration UNTIL_IT_ENDS = Duration.ofMillis(500);

        private EndedWhileItLooks() {}

        public static void main(String[] words) {
            var silent = new Terminal(new PrintStream(OutputStream.nullOutputStream()), new PrintStream(OutputStream
                    .nullOutputStream()), Map.of(), false);
            var journey = new Journey(silent, Path.of(words[0]), (_, line) -> {
                System.out.println(line[0]);
                if (line[0].equals("verify")) {
                    Thread.ofPlatform().start(() -> System.exit(ExitCode.MISSING));
                    LockSupport.parkNanos(UNTIL_IT_ENDS.toNanos());
                }
                return ExitCode.FINE;
            });
            var proof = new Proof(Path.of(words[0]), true, List.of("traffic.yml"), true, false, Boolean.parseBoolean(
                    words[1]), false);
            proof.run(journey, 2, proof.count(), journey.run(proof.up(), 1, proof.count()));
        }
    }
}
