package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockWriter;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    private static final MemorySize LIMIT = MemorySize.ofMegabytes(256L);

    @TempDir
    private Path directory = Path.of("");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private MemorySize limitInForce = LIMIT;
    private boolean broken;
    /// The look before which the limit is another one, and after which it is as planned again; none so late.
    private int wrongAfter = Integer.MAX_VALUE;
    private int interruptedAfter = Integer.MAX_VALUE;
    private Runnable meanwhile = () -> {
    };
    private final List<Duration> waits = new ArrayList<>();

    /// A runtime with one container.
    private final class One implements StackRuntime {
        private final String running;

        One(String running) {
            this.running = running;
        }

        @Override
        public String project() {
            return running;
        }

        @Override
        public String description() {
            return "a stand-in";
        }

        @Override
        public List<Container> containers() {
            return List.of(new Container("api", 1, "id", "shop/api:1", "running", Optional.empty(), 0, Optional.of(now
                    .minusSeconds(3600)), Optional.empty(), false, Optional.of(limitInForce), Optional.empty(),
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, "always", false, Map
                            .of(),
                    List.of(), List.of(), List.of()));
        }

        @Override
        public Optional<CgroupReading> cgroup(Container container) {
            if (broken) {
                throw new IllegalStateException("the engine went away\nsecond line");
            }
            var used = MemorySize.ofMegabytes(60L + waits.size());
            return Optional.of(new CgroupReading(2, used, used, used, MemorySize.ZERO, MemorySize.ZERO, Optional
                    .empty(), Optional.of(used), Optional.of(LIMIT), 0, Optional.of(0L), 1, 0,
                    CgroupReading.Periods.NONE, Optional.of(3L),
                    Optional.empty(), Optional.empty(), Optional.empty()));
        }

        @Override
        public Answer ask(Container container, Question question) {
            return new Answer.None("nothing to ask");
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void render() throws IOException {
        var lock = new Lock("shop", List.of("compose.yml"), List.of(), "production", Host.TYPICAL, MemorySize
                .ofGigabytes(3),
                List.of(new LockedService("api", "unknown", Role.APP, Optional.of("shop/api:1"), 1,
                        LIMIT, MemorySize.ofMegabytes(128L), Optional.empty(), Millicores.ofCores(1), List.of())),
                List.of(), List.of());
        Files.writeString(directory.resolve(Lock.FILE_NAME), LockWriter.text(lock));
        Files.writeString(directory.resolve("compose.yml"), "services: {api: {image: 'shop/api:1', restart: always}}");
        Files.writeString(directory.resolve("compose.plimsoll.yml"), "services: {api: {mem_limit: 256m}}");
    }

    private Run run(String... options) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
                StandardCharsets.UTF_8), Map.of(), false);
        var command = new VerifyCommand(new Looking((stack, project, _) -> new One(project.orElse(stack
                .project())), () -> now, span -> {
                    if (waits.size() == interruptedAfter) {
                        throw new InterruptedException();
                    }
                    meanwhile.run();
                    waits.add(span);
                    now = now.plus(span);
                    limitInForce = waits.size() == wrongAfter ? MemorySize.ofMegabytes(128L) : limitInForce;
                    limitInForce = waits.size() > wrongAfter ? LIMIT : limitInForce;
                })).printingTo(terminal);
        var words = new ArrayList<>(List.of(options));
        words.add(directory.toString());
        var code = new CommandLine(command).execute(words.toArray(String[]::new));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aStackAsPlannedPasses() {
        var run = run();
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("shop on a stand-in", " 2  Each container against its plan", " 0 failed");
    }

    @Test
    void theUsersOwnProjectIsNotHeldAgainstWhatOnlyTheCopyHas() throws IOException {
        Files.createDirectories(directory.resolve(".plimsoll"));
        Files.writeString(directory.resolve(".plimsoll/up.yml"), "services: {api: {restart: 'no'}}");
        var copy = run("--only", "containers");
        assertThat(copy.code()).isEqualTo(ExitCode.FAILED);
        assertThat(copy.out()).contains("project shop-plimsoll", "the policy is always");
        var own = run("--only", "containers", "--project", "shop");
        assertThat(own.code()).as(own.out()).isZero();
        assertThat(own.out()).contains("shop on a stand-in, project shop\n");
    }

    @Test
    void anotherLimitFailsWithBothValues() {
        limitInForce = MemorySize.ofMegabytes(128L);
        var run = run();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("128 MB in force, planned 256 MB");
    }

    @Test
    void aFailingProbeIsAGapAndNotTheEnd() {
        broken = true;
        var run = run("--only", "report");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("the engine went away").doesNotContain("second line");
    }

    @Test
    void watchingEndsWithTrends() {
        var run = run("--watch", "1h", "--every", "20m");
        assertThat(waits).hasSize(3).allMatch(Duration.ofMinutes(20)::equals);
        assertThat(run.out()).contains("2026-03-01T12:20:00Z  working sets 61 MB", "Trends", "memory.working_set",
                "3.0 MB", "No check failed that had not at first.");
    }

    @Test
    void aWatchOfTheTimeBetweenTwoLooksIsTwoLooks() {
        assertThat(run("--watch", "20m", "--every", "20m").out()).contains("Trends");
        assertThat(waits).containsExactly(Duration.ofMinutes(20));
    }

    @Test
    void whatFailedInBetweenIsNotForgotten() throws IOException {
        wrongAfter = 2;
        var report = directory.resolve("report.xml");
        var run = run("--watch", "1h", "--every", "20m", "--format", "junit", "--only", "containers", "-o", report
                .toString());
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(report).content().contains("failures=\"2\"", "message=\"128 MB in force, planned 256 MB "
                + "(at 2026-03-01T12:40:00Z, in 1 of 4 looks, not in the last)\"");
        try (var files = Files.walk(directory.resolve(".plimsoll/evidence"))) {
            assertThat(files.filter(Files::isRegularFile)).singleElement().satisfies(record -> assertThat(record)
                    .content().contains("128 MB in force, planned 256 MB (at 2026-03-01T12:40:00Z"));
        }
    }

    /// As on a full disk; the result was printed by then.
    @Test
    void aResultThatCannotBeKeptIsStillTold() throws IOException {
        Files.createDirectories(directory.resolve(".plimsoll"));
        Files.writeString(directory.resolve(".plimsoll/evidence"), "no directory");
        var fine = run("--only", "containers");
        assertThat(fine.out()).contains(" 0 failed");
        assertThat(fine.err()).contains("this result cannot be kept as evidence");
        assertThat(fine.code()).isEqualTo(ExitCode.MISSING);
        limitInForce = MemorySize.ofMegabytes(128L);
        assertThat(run("--only", "containers").code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aSpoiledRecordOfAnEarlierRunIsNoReasonNotToLook() throws IOException {
        run();
        try (var files = Files.walk(directory.resolve(".plimsoll/evidence"))) {
            Files.writeString(files.filter(Files::isRegularFile).findFirst().orElseThrow(), "{");
        }
        var again = run("--only", "containers");
        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("earlier load runs are not taken into account", "-verification.json");
    }

    @Test
    void whatIsInterruptedReportsWhatItSaw() throws IOException {
        var report = directory.resolve("report.txt");
        interruptedAfter = 2;
        assertThat(run("--watch", "24h", "-o", report.toString()).code()).isNotZero();
        assertThat(report).content().contains("Trends", "memory.working_set");
        assertThat(directory.resolve(".plimsoll/evidence"))
                .isDirectoryRecursivelyContaining("glob:**-verification.json");
    }

    /// A day of looks is not lost because somebody removed a directory.
    @Test
    void aReportThatCannotBeWrittenAnyMoreIsPrintedAndKept() throws IOException {
        var reports = Files.createDirectory(directory.resolve("reports"));
        meanwhile = () -> {
            var _ = reports.toFile().delete();
        };
        var run = run("--watch", "30m", "-o", reports.resolve("report.txt").toString());
        assertThat(run.code()).isNotZero();
        assertThat(run.out()).contains("Trends");
        assertThat(run.err()).contains("the file cannot be written");
        assertThat(directory.resolve(".plimsoll/evidence"))
                .isDirectoryRecursivelyContaining("glob:**-verification.json");
    }

    @Test
    void whatCannotBeWrittenOrWatchedIsSaidBeforeTheFirstLook() {
        var elsewhere = Run.of("verify", directory, "--watch", "24h", "-o", directory.resolve("nowhere/report.txt"));
        assertThat(elsewhere.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(elsewhere.err()).contains("the file cannot be written");
        assertThat(Run.of("verify", directory, "--watch", "5m").err()).contains(
                "--watch: it is shorter than the time between two looks, 900 s");
    }

    @Test
    void reportsFollowTheirSchema() throws IOException {
        limitInForce = MemorySize.ofMegabytes(128L);
        try (var text = VerifyCommandTest.class.getClassLoader().getResourceAsStream(
                "schema/verification.schema.json")) {
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(new String(
                    java.util.Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            var one = run("--format", "json").out();
            assertThat(schema.validate(one, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(run("--format", "json", "--watch", "1h").out(), InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(one.replaceFirst("\"verdict\" : \"failed\"", "\"verdict\" : \"bad\""),
                    InputFormat.JSON)).isNotEmpty();
        }
    }

    @Test
    void junitCountsFailures() {
        limitInForce = MemorySize.ofMegabytes(128L);
        assertThat(run("--format", "junit", "--only", "containers").out()).contains("failures=\"2\"",
                "<failure message=\"128 MB in force, planned 256 MB\"");
    }

    @Test
    void aDirectoryWithoutALockIsBadInput() {
        var run = Run.of("verify", directory.resolve("nowhere"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no rendered stack here");
    }

    @Test
    void unknownScenariosAndTimesAreRefusedWithTheKnownOnes() {
        assertThat(Run.of("verify", "--only", "moon").err()).contains("`moon` is no scenario", "baseline");
        assertThat(Run.of("verify", "--watch", "soon").err()).contains("`soon` is no time");
    }
}
