package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// `plimsoll audit --each`: every file a project of its own.
class AuditEachTest {
    private static final String CLEAN = "services:\n  api:\n    image: example/api:1.0\n    mem_limit: 64m\n";
    private static final String UNLIMITED = "services:\n  api:\n    image: example/api:1.0\n";

    @TempDir
    private Path directory = Path.of("");

    private Path write(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private static Run audit(Object... more) {
        var args = new ArrayList<Object>(List.of("audit", "--each", "--rule", "MEM001", "--memory", "4GB"));
        args.addAll(List.of(more));
        return Run.of(args.toArray());
    }

    @Test
    void everyFileHasItsHeading() throws IOException {
        var one = write("one/compose.yml", CLEAN);
        var two = write("two/other.yml", UNLIMITED);
        var run = audit(one, two, "--fail-on", "critical");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith(one + "\n===").containsSubsequence("No findings.\n\n" + two + "\n===",
                "other.yml:2: medium: 1 of 1 services has no memory limit");
    }

    @Test
    void filesAreNotLaidOverEachOther() throws IOException {
        var first = write("compose.yml", UNLIMITED);
        var second = write("other.yml", CLEAN);
        assertThat(Run.of("audit", "--rule", "MEM001", "--fail-on", "medium", first, second).code()).isZero();
        assertThat(audit(first, second, "--fail-on", "medium").code()).isEqualTo(1);
    }

    @Test
    void directoryIsAProjectWithItsDefaultFiles() throws IOException {
        write("one/compose.yml", UNLIMITED);
        write("one/compose.override.yml", CLEAN);
        write("two/docker-compose.yml", CLEAN);
        var run = audit(directory.resolve("one"), directory.resolve("two"));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("one/compose.yml\n===", "two/docker-compose.yml\n===");
    }

    @Test
    void jsonIsAnArrayThatNamesEachFile() throws IOException {
        var one = write("one/compose.yml", CLEAN);
        var two = write("two/compose.yml", UNLIMITED);
        var reports = JsonMapper.shared().readTree(audit(one, two, "--format", "json").out());
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0).get("files").get(0).asString()).isEqualTo(one.toString());
        assertThat(reports.get(1).get("files").get(0).asString()).isEqualTo(two.toString());
        assertThat(reports.get(1).get("findings")).hasSize(1);
    }

    @Test
    void unreadableProjectIsSaidAndTheOthersGoOn() throws IOException {
        var broken = write("broken/compose.yml", "services: [");
        var fine = write("fine/compose.yml", UNLIMITED);
        var missing = directory.resolve("missing/compose.yml");
        var run = audit(broken, missing, fine, "--format", "json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(JsonMapper.shared().readTree(run.out())).hasSize(1);
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).contains("error: in " + directory + "/broken: compose.yml:",
                "the directory does not exist");
    }

    @Test
    void nothingReadableIsAnEmptyReport() throws IOException {
        var broken = write("compose.yml", "services: [");
        assertThat(audit(broken, "--format", "json").out()).isEqualTo("[ ]\n");
        assertThat(audit(broken).out()).isEmpty();
    }

    @Test
    void warningsNameTheirProject() throws IOException {
        write("one/compose.yml", "# plimsoll: allow nothing\n" + CLEAN);
        var run = audit(directory.resolve("one"));
        assertThat(run.code()).isZero();
        assertThat(run.err()).startsWith("warning: in " + directory + "/one: compose.yml:1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sarif", "junit", "github", "markdown"})
    void otherFormatsBelongToOneProject(String format) throws IOException {
        var run = audit(write("compose.yml", CLEAN), "--format", format);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: --each goes with --format text and json only").contains(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--baseline", "--write-baseline"})
    void baselinesBelongToOneProject(String option) throws IOException {
        var file = directory.resolve("known.json");
        var run = audit(write("compose.yml", CLEAN), option, file);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: --each goes without --baseline");
        assertThat(file).doesNotExist();
    }
}
