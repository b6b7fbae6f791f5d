package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AuditCommandTest {
    private static final String HIGH = "services:\n"
            + String.join("", IntStream.rangeClosed(1, 5).mapToObj("  s%d:\n    image: example/s:1.0\n"::formatted)
                    .toList());
    private static final String ONLY_LIMITS = "MEM001";

    @TempDir
    private Path directory = Path.of("");

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Run audit(Object... more) {
        var args = new Object[more.length + 4];
        args[0] = "audit";
        args[1] = directory;
        args[2] = "--rule";
        args[3] = ONLY_LIMITS;
        System.arraycopy(more, 0, args, 4, more.length);
        return Run.of(args);
    }

    @Test
    void findingAtTheThresholdExitsWithOne() throws IOException {
        write("compose.yml", HIGH);
        var run = audit();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("compose.yml: high: None of the 5 services has a memory limit",
                "1 finding: 1 high.", "Assumed a server with 4 GB and 2 CPUs");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"critical,0", "high,1", "medium,1", "low,1", "never,0", "HIGH,1"})
    void thresholdIsChosen(String severity, int code) throws IOException {
        write("compose.yml", HIGH);
        assertThat(audit("--fail-on", severity).code()).isEqualTo(code);
    }

    @Test
    void cleanStackExitsWithZero() throws IOException {
        write("compose.yml", "services:\n  api:\n    image: example/api:1.0\n    mem_limit: 64m\n");
        assertThat(audit("--memory", "2GB")).isEqualTo(new Run(0, "No findings.\n", ""));
    }

    @Test
    void missingFileIsSaid() {
        var run = Run.of("audit", directory.resolve("none.yml"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: none.yml: ").doesNotContain("Exception");
        assertThat(Run.of("audit", directory.resolve("none/compose.yml")).code()).isEqualTo(2);
        assertThat(Run.of("audit", directory).err()).contains("there is no Compose file here");
    }

    @ParameterizedTest
    @CsvSource({"--memory,4 parrots,4 parrots", "--memory,0,with its unit", "--cpus,many,number of cores",
            "--swap,-1g,a size", "--disk,x,a size", "--fail-on,bad,critical", "--format,pdf,sarif",
            "--rule,MEM999,no rule `MEM999`", "--explain,MEM999,no rule `MEM999`"})
    void badValueNamesTheOption(String option, String value, String said) throws IOException {
        write("compose.yml", HIGH);
        var run = audit(option + "=" + value);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: ").contains(option, said, "Try `plimsoll audit --help`.");
        assertThat(run.err().lines()).hasSize(2);
    }

    @Test
    void unknownOptionIsSaidWithLikelyOnes() {
        var run = Run.of("audit", "--memry", "4g");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--memry", "--memory").doesNotContain("Usage:");
    }

    @Test
    void serverComesFromOptionsBeforeHints() throws IOException {
        write("compose.yml", HIGH + "x-plimsoll:\n  host: {memory: 8g, cpus: 1.5}\n");
        assertThat(audit("--format", "json").out()).contains("\"memory_bytes\" : 8589934592", "\"cpus\" : 1.5",
                "\"assumed\" : false");
        assertThat(audit("--format", "json", "--memory", "2GB").out()).contains("\"memory_bytes\" : 2147483648",
                "\"cpus\" : 1.5");
        assertThat(audit("--format", "json", "--detect").out()).contains("\"memory_bytes\" : 8589934592");
    }

    @Test
    void badHintIsSaidWithItsPlace() throws IOException {
        write("compose.yml", HIGH + "x-plimsoll:\n  host:\n    memory: much\n    ram: 4g\n");
        var run = audit();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("compose.yml:14:13: `much` is no value for memory. Write a size with its unit",
                "compose.yml:15:5: `ram` says nothing about a host");
    }

    @Test
    void baselineHidesWhatWasRecorded() throws IOException {
        write("compose.yml", HIGH);
        var baseline = directory.resolve("known.json");
        var recorded = audit("--write-baseline", baseline);
        assertThat(recorded.code()).isZero();
        assertThat(recorded.out()).contains("No findings. 1 suppressed.");
        assertThat(audit("--baseline", baseline).code()).isZero();
        assertThat(audit().code()).isEqualTo(1);
        write("compose.yml", HIGH + "  s6:\n    image: example/s:1.0\n");
        assertThat(audit("--baseline", baseline).code()).isEqualTo(1);
    }

    @Test
    void writingTheBaselineThatIsReadKeepsItsFindings() throws IOException {
        write("compose.yml", HIGH);
        var baseline = directory.resolve("known.json");
        audit("--write-baseline", baseline);
        var text = Files.readString(baseline);
        assertThat(audit("--baseline", baseline, "--write-baseline", baseline).code()).isZero();
        assertThat(baseline).hasContent(text);
    }

    @Test
    void unreadableBaselineIsSaid() throws IOException {
        write("compose.yml", HIGH);
        var missing = audit("--baseline", directory.resolve("none.json"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("none.json: the baseline cannot be read");
        var broken = audit("--baseline", write("broken.json", "{"));
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err()).contains("broken.json: the baseline is not JSON");
        assertThat(broken.err().lines()).hasSize(1);
    }

    @Test
    void commentSetsAFindingAsideAndABadOneIsSaid() throws IOException {
        write("compose.yml", "# plimsoll: allow-file MEM001 because this is a demo\n" + HIGH);
        assertThat(audit().code()).isZero();
        write("compose.yml", "# plimsoll: allow-file MEM001\n" + HIGH);
        assertThat(audit().code()).isEqualTo(1);
        assertThat(audit().err()).startsWith("warning: compose.yml:1: this comment allows nothing");
    }

    @Test
    void outputIsWrittenWholeAndNothingElse() throws IOException {
        write("compose.yml", HIGH);
        var report = write("report.txt", "old");
        var run = audit("--output", report);
        assertThat(run).isEqualTo(new Run(1, "", ""));
        assertThat(report).content().contains("1 finding: 1 high.");
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("compose.yml",
                    "report.txt");
        }
    }

    @Test
    void outputThatCannotBeWrittenIsSaid() throws IOException {
        write("compose.yml", HIGH);
        var run = audit("--output", directory.resolve("none/report.txt"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("report.txt: the file cannot be written");
        assertThat(audit("--output", directory).code()).isEqualTo(2);
    }

    @Test
    void atMostTenWarningsArePrintedAndAllAreInJson() throws IOException {
        var variables = String.join("", IntStream.rangeClosed(1, 13).mapToObj("      V%1$d: ${UNSET_%1$d}\n"::formatted)
                .toList());
        write("compose.yml", "services:\n  api:\n    image: a:1\n    environment:\n" + variables);
        var run = audit("--format", "json");
        assertThat(run.err().lines()).hasSize(11).last().asString().startsWith("warning: and 3 more");
        assertThat(run.out()).contains("UNSET_1 ", "UNSET_13 ");
    }

    @Test
    void outputMayBeAPipe() throws IOException {
        write("compose.yml", HIGH);
        assertThat(audit("--output", "/dev/null")).isEqualTo(new Run(1, "", ""));
        assertThat(Path.of("/dev/null")).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void pathsOfAnnotationsStartWhereTheCommandRan() throws IOException {
        write("compose.yml", HIGH);
        assertThat(audit("--format", "github").out()).startsWith("::error file=" + directory + "/compose.yml,line=1,");
    }

    @Test
    void rulesAreListedAndExplained() {
        var list = Run.of("audit", "--list-rules");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("MEM001  high      missing-memory-limit");
        var explained = Run.of("audit", "--explain", "missing-memory-limit");
        assertThat(explained.code()).isZero();
        assertThat(explained.out()).startsWith("MEM001: missing-memory-limit").contains("why: ", "fix: ", "source: ");
    }

    @Test
    void pageNamesEveryOptionAndFormat() throws IOException {
        var page = Files.readString(Path.of("../docs/audit.md"));
        var shared = new CommandLine(new ConfigCommand()).getCommandSpec().optionsMap().keySet();
        var options = new CommandLine(new AuditCommand()).getCommandSpec().optionsMap().keySet().stream()
                .filter(option -> option.startsWith("--") && !shared.contains(option));
        assertThat(options).allMatch(page::contains);
        assertThat(AuditFormat.values()).allMatch(format -> page.contains("| `" + format + "` |"));
    }
}
