package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A child process does jobs within its limits, whatever the jobs do.
class ChildProcessTest {
    private static final Limits LIMITS = Limits.of(Memory.ofMegabytes(128)).withWall(Duration.ofSeconds(30));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Job job(String kind, int amount) {
        return new Job(kind, "job \"" + NUMBER.incrementAndGet() + "\" é", 1, "\n " + amount);
    }

    /// Slots with one child, whose watch looks at it.
    private static Slots slots(Limits limits) throws IOException, InterruptedException {
        var slots = new Slots(1, ChildCommand.java(LeakyWork.class), limits);
        slots.start();
        return slots;
    }

    @Test
    void doesJobsOneAfterTheOther() throws Exception {
        try (var slots = slots(LIMITS)) {
            for (var time = 0; time < 20; time++) {
                assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            }
            assertThat(slots.started()).isEqualTo(1);
        }
    }

    @Test
    void saysHowAJobFailedAndGoesOn() throws Exception {
        try (var slots = slots(LIMITS)) {
            var run = slots.run(job("fail", 7));
            assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(run.message()).isEqualTo("java.lang.IllegalStateException: it failed: \"7\"\nfor good");
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(slots.started()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "direct", "native", "subprocess"})
    void isStoppedAtItsCeilingWhereverTheMemoryGoes(String kind) throws Exception {
        try (var slots = slots(LIMITS)) {
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            var run = slots.run(job(kind, 1000));
            assertThat(run.outcome()).as(run.message()).isEqualTo(Outcome.KILLED_MEMORY);
            // Processes are read one after the other, so that one may have taken what another has just given back.
            assertThat(slots.highest()).isLessThan(Memory.ofMegabytes(170));
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            // One more when a look found the child above its soft limit just before, and its replacement was begun.
            assertThat(slots.started()).isBetween(2L, 3L);
        }
    }

    @Test
    void isStoppedByLookingAloneWhereNothingElseHolds() throws Exception {
        var started = ProcessHandle.current().children().toList();
        var child = ChildProcess.launch(ChildCommand.java(LeakyWork.class), new Cage(Memory.ofMegabytes(4000), Memory
                .ofMegabytes(4000)), LIMITS, 100, Memory.NONE);
        child.awaitReady();
        var watch = new Thread(() -> {
            while (child.isAlive()) {
                child.look();
                Pause.milliseconds(5);
            }
        });
        watch.start();
        var run = child.run(job("native", 2000));
        assertThat(run.outcome()).isEqualTo(Outcome.KILLED_MEMORY);
        assertThat(run.message()).contains("more than its ceiling of 128MB");
        watch.join();
        assertThat(ProcessHandle.current().children().filter(process -> !started.contains(process))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"heap, 20", "direct, 20", "native, 20", "subprocess, 20"})
    void isReplacedWhenItHoldsTooMuchAfterAJob(String kind, int megabytes) throws Exception {
        try (var slots = slots(LIMITS)) {
            for (var time = 0; time < 8; time++) {
                var run = slots.run(job(kind, megabytes));
                assertThat(run.outcome()).as(run.message()).isIn(Outcome.DONE, Outcome.KILLED_MEMORY);
            }
            assertThat(slots.started()).isBetween(2L, 6L);
            assertThat(slots.highest()).isLessThan(Memory.ofMegabytes(170));
        }
    }

    @Test
    void staysWhenAJobTookMuchAndGaveItBack() throws Exception {
        try (var slots = slots(LIMITS)) {
            for (var time = 0; time < 5; time++) {
                var run = slots.run(job("spike", 40));
                assertThat(run.outcome()).as(run.message()).isEqualTo(Outcome.DONE);
                assertThat(run.peak()).isGreaterThan(Memory.ofMegabytes(40));
            }
            assertThat(slots.started()).isEqualTo(1);
        }
    }

    @Test
    void isStoppedWhenAJobTakesTooLong() throws Exception {
        try (var slots = slots(LIMITS.withWall(Duration.ofMillis(200)))) {
            var run = slots.run(job("sleep", 20_000));
            assertThat(run.outcome()).isEqualTo(Outcome.KILLED_TIMEOUT);
            assertThat(run.message()).isEqualTo("it took longer than 200 ms");
        }
    }

    @Test
    void endsInTheMiddleOfAJobWithoutTakingTheParentAlong() throws Exception {
        try (var slots = slots(LIMITS)) {
            var run = slots.run(job("exit", 17));
            assertThat(run.outcome()).isEqualTo(Outcome.CRASHED);
            assertThat(run.message()).contains("code 17");
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void isReplacedAfterSoManyJobs() throws Exception {
        try (var slots = slots(LIMITS.withJobs(3))) {
            for (var time = 0; time < 10; time++) {
                assertThat(slots.run(job("sleep", 5)).outcome()).isEqualTo(Outcome.DONE);
            }
            assertThat(slots.started()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void printsWithoutDisturbingTheProtocol() throws Exception {
        try (var slots = slots(LIMITS)) {
            assertThat(slots.run(job("print", 1)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(slots.run(job("fail", 1)).outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void mayBeAnyProgramThatSpeaksTheProtocol() throws Exception {
        var script = """
                echo '{"ready":true}'
                while read -r line; do
                  id=${line#*'"job":"'}; id=${id%%'"'*}
                  echo noise
                  case $line in
                    *'"kind":"bad"'*) echo "{\\"job\\":\\"$id\\",\\"failed\\":\\"no\\"}";;
                    *) echo "{\\"job\\":\\"$id\\",\\"done\\":true}";;
                  esac
                done""";
        try (var slots = new Slots(2, new ChildCommand.Program(List.of("/bin/sh", "-c", script)), LIMITS)) {
            slots.start();
            assertThat(slots.run(new Job("good", "1", 1, "{}")).outcome()).isEqualTo(Outcome.DONE);
            assertThat(slots.run(new Job("bad", "2", 1, "{}")).message()).isEqualTo("no");
        }
    }

    @Test
    void isHeardAfterALineThatDoesNotEnd() throws Exception {
        var script = """
                echo '{"ready":true}'
                while read -r line; do
                  head -c 50000000 /dev/zero | tr '\\0' '{'
                  printf '\\n{"job":"1","done":true}\\n'
                done""";
        try (var slots = new Slots(1, new ChildCommand.Program(List.of("/bin/sh", "-c", script)), LIMITS)) {
            slots.start();
            assertThat(slots.run(new Job("loud", "1", 1, "{}")).outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void thatAnswersWhatNobodyAskedWaitsAndIsStoppedInTime() throws Exception {
        var script = """
                echo '{"ready":true}'
                yes '{"job":"another","done":true}' | head -n 1000000
                while read -r line; do
                  yes '{"job":"another","done":true}'
                done""";
        var before = listeners();
        try (var slots = new Slots(1, new ChildCommand.Program(List.of("/bin/sh", "-c", script)), LIMITS.withWall(
                Duration.ofSeconds(5)))) {
            slots.start();
            var payload = "\"" + "x".repeat(1_000_000) + "\"";
            assertThat(slots.run(new Job("chatty", "1", 1, payload)).outcome()).isEqualTo(Outcome.KILLED_TIMEOUT);
        }
        for (var time = 0; time < 100 && listeners() > before; time++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(listeners()).isLessThanOrEqualTo(before);
    }

    private static long listeners() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith(
                "plimsoll-child-")).count();
    }

    @Test
    void endsWithItsParentEvenWhenItDoesNotListen() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv (util-linux) is not installed");
        var parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), ParentProcess.class.getName(), "deaf").start();
        assertThat(parent.inputReader().readLine()).isEqualTo("started");
        var child = parent.children().findFirst().orElseThrow();
        parent.destroyForcibly().waitFor();
        child.onExit().get(5, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void whatADeadParentsChildLeftBehindIsFoundByItsMark() throws Exception {
        var parent = new ProcessBuilder("/bin/sleep", "600").start();
        var builder = new ProcessBuilder("/bin/sh", "-c", "setsid sleep 601 & echo $!");
        builder.environment().put(Origin.VARIABLE, Origin.of(parent.pid()).toString());
        var left = ProcessHandle.of(Long.parseLong(builder.start().inputReader().readLine())).orElseThrow();
        Orphans.killThoseOfTheDead();
        assertThat(left.isAlive()).as("while its parent lives").isTrue();
        parent.destroyForcibly().waitFor();
        assertThat(Orphans.killThoseOfTheDead()).isPositive();
        left.onExit().get(5, TimeUnit.SECONDS);
        assertThat(left.isAlive()).isFalse();
    }

    @Test
    void isEndedWhenTheLeaseOnItsJobIsLost() throws Exception {
        try (var slots = slots(LIMITS)) {
            var job = job("sleep", 20_000);
            var run = CompletableFuture.supplyAsync(() -> {
                try {
                    return slots.run(job);
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            });
            while (slots.busy() == 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            slots.abandon(job.kind(), "another");
            slots.abandon("another", job.id());
            assertThat(slots.busy()).isEqualTo(1);
            slots.abandon(job.kind(), job.id());
            assertThat(run.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.ABANDONED);
        }
    }

    @Test
    void thatEndsIsMissedAlsoWhenWhatItStartedHoldsItsOutput() throws Exception {
        var script = """
                echo '{"ready":true}'
                read -r line
                sleep 600 &
                exit 9""";
        try (var slots = new Slots(1, new ChildCommand.Program(List.of("/bin/sh", "-c", script)), LIMITS)) {
            slots.start();
            var run = slots.run(new Job("crash", "1", 1, "{}"));
            assertThat(run.outcome()).as(run.message()).isEqualTo(Outcome.CRASHED);
            assertThat(run.message()).contains("code 9");
        }
    }

    @Test
    void thatAnswersTwiceSettlesNoOtherJob() throws Exception {
        var script = """
                echo '{"ready":true}'
                read -r line
                echo '{"job":"1","done":true}'
                echo '{"job":"1","done":true}'
                read -r line
                sleep 0.3
                echo '{"job":"1","failed":"no"}'
                read -r line""";
        try (var slots = new Slots(1, new ChildCommand.Program(List.of("/bin/sh", "-c", script)), LIMITS)) {
            slots.start();
            assertThat(slots.run(new Job("good", "1", 1, "{}")).outcome()).isEqualTo(Outcome.DONE);
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(slots.run(new Job("bad", "1", 1, "{}")).outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void aThreadLeftInterruptedIsNoMatterForTheNextJob() throws Exception {
        try (var slots = slots(LIMITS)) {
            assertThat(slots.run(job("interrupt", 1)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(slots.started()).isEqualTo(1);
        }
    }

    @Test
    void isFreshForASecondAttempt() throws Exception {
        try (var slots = slots(LIMITS)) {
            assertThat(slots.run(job("heap", 50)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(slots.started()).isEqualTo(1);
            var run = slots.run(new Job("heap", "again", 2, "50"));
            assertThat(run.outcome()).as(run.message()).isEqualTo(Outcome.DONE);
            assertThat(slots.started()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "direct", "native", "subprocess"})
    void isReplacedBeforeASmallLeakCostsAJob(String kind) throws Exception {
        try (var slots = slots(LIMITS)) {
            for (var time = 0; time < 40; time++) {
                var run = slots.run(job(kind, 5));
                assertThat(run.outcome()).as(time + ": " + run.message()).isEqualTo(Outcome.DONE);
            }
            assertThat(slots.started()).isBetween(2L, 6L);
        }
    }

    @Test
    void thatEndsWhileIdleCostsNoJobAnAttempt() throws Exception {
        var before = ProcessHandle.current().children().toList();
        try (var slots = slots(LIMITS)) {
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            var child = ProcessHandle.current().children().filter(process -> !before.contains(process)).findFirst()
                    .orElseThrow();
            child.destroyForcibly();
            child.onExit().get(5, TimeUnit.SECONDS);
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(slots.started()).isEqualTo(2);
        }
    }

    /// And before a database beside it.
    @Test
    void isTakenBeforeItsParentWhenTheMachineRunsOutOfMemory() throws Exception {
        var before = ProcessHandle.current().children().toList();
        try (var slots = slots(LIMITS)) {
            assertThat(slots.run(job("sleep", 1)).outcome()).isEqualTo(Outcome.DONE);
            var child = ProcessHandle.current().children().filter(process -> !before.contains(process)).findFirst()
                    .orElseThrow();
            assertThat(Path.of("/proc/" + child.pid() + "/oom_score_adj")).hasContent("800");
        }
    }

    @Test
    void saysWhyItCannotStart() {
        var slots = new Slots(1, new ChildCommand.Java("dev.plimsoll.Missing", System.getProperty("java.class.path"),
                List.of()), LIMITS);
        assertThatThrownBy(slots::start).isInstanceOf(IOException.class).hasMessageContaining(
                "`dev.plimsoll.Missing` is no class that implements Work");
        slots.close();
    }
}
