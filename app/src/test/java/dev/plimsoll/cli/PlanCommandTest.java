package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanCommandTest {
    private static final Path FIXTURES = Path.of("src/test/resources/compose/accepted");
    private static final String SMALL = """
            services:
              db:
                image: postgres:17
              web.api:
                image: example/web:1
                command: gunicorn a:b -w 4
                mem_limit: 1g
            """;
    private static final String LARGE = """
            services:
              db:
                image: postgres:17
                command: -c max_connections=300
              worker:
                image: example/worker:1
                command: celery -A a worker -c 64
            """;

    @TempDir
    private Path directory = Path.of("");

    private Run plan(String compose, Object... more) throws IOException {
        Files.writeString(directory.resolve("compose.yml"), compose);
        var args = new ArrayList<Object>(List.of("plan", directory));
        args.addAll(List.of(more));
        return Run.of(args.toArray());
    }

    static Stream<Path> fixtures() throws IOException {
        try (var entries = Files.list(FIXTURES)) {
            return Stream.concat(entries.sorted().toList().stream(), Stream.of(Path.of("../examples/rag-4gb")))
                    .filter(path -> Files.exists(path.resolve("compose.yml")));
        }
    }

    /// An address that is longer than a line stands alone on one.
    private static boolean fits(String line) {
        return line.length() <= 80 || !line.strip().contains(" ");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void textFitsATerminal(Path fixture) {
        for (var options : List.of(List.of(), List.of("--compare"), List.of("--sizes", "1GB,4GB,64GB"),
                List.of("--memory", "512MB"))) {
            var args = new ArrayList<Object>(List.of("plan", fixture));
            args.addAll(options);
            var run = Run.of(args.toArray());
            assertThat(run.code()).as(run.err()).isBetween(0, 1);
            assertThat(run.out().lines()).isNotEmpty().allMatch(PlanCommandTest::fits);
        }
    }

    @Test
    void everyServiceOfTheFixturesIsExplainedWithinATerminal() throws IOException {
        for (var service : List.of("db", "web.api")) {
            assertThat(plan(SMALL, "--explain", service).out().lines())
                    .allMatch(PlanCommandTest::fits);
        }
    }

    @Test
    void aStackThatFitsExitsWithZero() throws IOException {
        var run = plan(SMALL, "--memory", "8GB", "--cpus", "4");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("on 8 GB and 4 CPUs", "It fits with these settings: ", "max_connections",
                "sum of limits");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aStackThatDoesNotFitExitsWithOneAndSaysWhatWould() throws IOException {
        var run = plan(LARGE, "--memory", "2GB");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("It does not fit as declared: the least limits for that are ",
                "Smallest single change: ",
                "Cheapest combination, which the table above assumes:");
    }

    @Test
    void inputThatCannotBeUsedExitsWithTwo() throws IOException {
        var run = plan("services:\n  a:\n    image: [a]\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: compose.yml:3:12: services.a.image must be text");
    }

    @Test
    void badHintsAreSaidWithTheirPlaces() throws IOException {
        var run = plan("x-plimsoll: {host: {memory: much}}\nservices:\n  a:\n    image: a\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("compose.yml:1:29: `much` is no value for memory.");
        run = plan("""
                services:
                  a:
                    image: a
                    x-plimsoll: {workers: none}
                  b:
                    image: b
                    x-plimsoll:
                      kind: oracle
                """);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("compose.yml:4:27: `none` is no count for workers.",
                "compose.yml:8:13: `oracle` is no kind. Use one of ");
    }

    @ParameterizedTest
    @CsvSource({"--memory,4 parrots,4 parrots", "--memory,0,with its unit", "--cpus,many,number of cores",
            "--sizes,'2GB,x',a size", "--sizes,0,with its unit", "--format,pdf,markdown",
            "--explain,nobody,`nobody` is no service in this plan; there are db, web.api",
            "--explain,db.nothing,`nothing` is no setting of db in this plan; there are "})
    void badOptionValuesAreNamed(String option, String value, String said) throws IOException {
        var run = plan(SMALL, option + "=" + value);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: ").contains(said, "Try `plimsoll plan --help`.");
    }

    @Test
    void aServiceIsExplainedWithArithmeticAndSource() throws IOException {
        var run = plan(SMALL, "--explain", "db");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("db (postgres)\n  limit ").contains("needed now, at worst: ",
                "ceiling as planned: ", "1.0235 × shared_buffers", "shared_buffers = ", "because: ",
                "source: https://www.postgresql.org/", "would change with: ");
    }

    @Test
    void oneSettingIsExplainedAlsoWhereTheServiceHasADot() throws IOException {
        assertThat(plan(SMALL, "--explain", "db.work_mem").out()).startsWith("  work_mem = ")
                .doesNotContain("shared_buffers =");
        assertThat(plan(SMALL, "--explain", "web.api.workers").out()).startsWith("  workers = 4");
        assertThat(plan(LARGE, "--memory", "2GB", "--explain", "db").code()).isZero();
    }

    @Test
    void comparesBeforeAndAfter() throws IOException {
        var run = plan(SMALL, "--compare", "--memory", "8GB");
        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("service +limit now +settings allow +limit planned +settings allow")
                .containsPattern("db +none").contains("Now: 1 service without a limit");
    }

    @ParameterizedTest
    @CsvSource({"--explain web --compare,--explain and --compare", "--sizes 2GB --compare,--sizes and --compare",
            "--explain web --format json,--explain is text only"})
    void refusesWaysOfShowingThatDoNotGoTogether(String options, String said) throws IOException {
        var run = plan(SMALL, (Object[]) options.split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(said);
    }

    @Test
    void plansForSeveralSizesInOrder() throws IOException {
        var run = plan(LARGE, "--sizes", "64GB,2GB,2GB");
        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("service +2 GB +64 GB").contains("2 GB: does not fit as declared; ",
                "64 GB: fits");
    }

    @Test
    void writesMarkdownAndJson() throws IOException {
        assertThat(plan(SMALL, "--format", "markdown").out()).contains("| service |", "web.api");
        assertThat(plan(SMALL, "--format", "json").out()).startsWith("{\n").contains("\"load_line_bytes\" : ");
    }

    @Test
    void writesToAFile() throws IOException {
        var file = directory.resolve("plan.md");
        var run = plan(SMALL, "--format", "markdown", "--output", file);
        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(Files.readString(file)).contains("web.api");
        assertThat(plan(SMALL, "-o", directory.resolve("none/plan.md")).code()).isEqualTo(2);
    }

    @Test
    void hintsSayWhatTheServerIs() throws IOException {
        var hinted = "x-plimsoll: {host: {memory: 16g, cpus: 8}}\n" + SMALL;
        assertThat(plan(hinted).out()).contains("on 16 GB and 8 CPUs");
        assertThat(plan(hinted, "--memory", "4GB").out()).contains("on 4 GB and 8 CPUs");
    }
}
