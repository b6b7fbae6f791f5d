package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds what audit and plan say about each example to a recorded text, and each README to what its commands print;
/// `-Dupdate=true` records the texts anew.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path RECORDED = Path.of("src/test/resources/examples");
    private static final Pattern COMMAND_BLOCK = Pattern.compile("```text\n\\$ \\./plimsoll ([^\n]+)\n(.*?)\n```",
            Pattern.DOTALL);

    /// @param file the Compose file below the examples
    /// @param rules the findings it is there to show
    private record Example(String file, boolean fits, List<String> rules) {
        String name() {
            return file.replace("/compose.yml", "").replace("/", "-").replace(".yml", "");
        }
    }

    private static final List<Example> ALL = List.of(
            new Example("book-reader/before.yml", false, List.of("MEM001", "MEM006")),
            new Example("book-reader/compose.yml", false, List.of("DBT002", "DBT020", "MEM002", "MEM003",
                    "MEM021", "MEM035")),
            new Example("documentation-assistant/compose.yml", true, List.of("MEM002", "MEM010", "MEM011", "MEM013",
                    "OBS011", "REL003", "REL005", "REL012", "SEC001", "SEC003")),
            new Example("rag-4gb/compose.yml", true, List.of("MEM021", "OBS004", "OBS006", "OBS007", "OBS008",
                    "OBS010", "OBS013", "REL004", "REL015", "SEC001", "SEC002", "SEC003")));

    @TestFactory
    Stream<DynamicTest> auditSaysWhatIsRecorded() {
        return ALL.stream().map(example -> DynamicTest.dynamicTest(example.name(), () -> {
            var run = Run.of("audit", EXAMPLES.resolve(example.file()));
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isEqualTo(1);
            assertThat(example.rules()).allMatch(rule -> run.out().contains("[" + rule + " "));
            isRecorded(example.name() + "-audit.txt", run.out());
        }));
    }

    @TestFactory
    Stream<DynamicTest> planSaysWhatIsRecorded() {
        return ALL.stream().map(example -> DynamicTest.dynamicTest(example.name(), () -> {
            var run = Run.of("plan", EXAMPLES.resolve(example.file()));
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isEqualTo(example.fits() ? 0 : 1);
            assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
            isRecorded(example.name() + "-plan.txt", run.out());
        }));
    }

    @Test
    void planMultipliesTheTasksThatNeverFit() {
        var plan = Run.of("plan", EXAMPLES.resolve("book-reader/before.yml")).out();
        assertThat(plan.replaceAll("\\s+", " ")).contains("It does not fit as declared",
                "worker 1934.6 GB = 30 containers × 64.5 GB", "children 64.5 GB (30 × 2200 MB)");
        var explained = Run.of("plan", EXAMPLES.resolve("book-reader/before.yml"), "--explain", "worker").out();
        assertThat(explained).contains("children 64.5 GB = 30 × 2200 MB", "lowered from 30 to fit");
        var compared = Run.of("plan", EXAMPLES.resolve("book-reader/before.yml"), "--compare").out();
        assertThat(compared).contains("worker", "Now: 3 services without a limit");
    }

    @TestFactory
    Stream<DynamicTest> readmeShowsWhatTheCommandsPrint() throws IOException {
        try (var files = Files.walk(EXAMPLES, 2)) {
            return files.filter(file -> file.endsWith("README.md")).sorted().toList().stream()
                    .map(readme -> DynamicTest.dynamicTest(EXAMPLES.relativize(readme).toString(),
                            () -> showsWhatItsCommandsPrint(readme)));
        }
    }

    private static void showsWhatItsCommandsPrint(Path readme) throws IOException {
        if (Boolean.getBoolean("update")) {
            Files.writeString(readme, withCurrentOutput(Files.readString(readme)));
        }
        var text = Files.readString(readme);
        assertThat(text.lines().count()).isLessThanOrEqualTo(200);
        var blocks = COMMAND_BLOCK.matcher(text);
        var seen = new ArrayList<String>();
        while (blocks.find()) {
            var command = blocks.group(1);
            seen.add(command);
            var words = Stream.of(command.split(" ")).map(word -> word.startsWith("examples/") ? "../" + word : word)
                    .toArray();
            var run = Run.of(words);
            assertThat(run.err()).as(command).isEmpty();
            var stale = "%s shows what `./plimsoll %s` does not print any more. Now it prints:%n%s".formatted(readme,
                    command, run.out());
            assertThat(isShown(blocks.group(2), run.out())).as(stale).isTrue();
        }
        var commands = text.lines().filter(line -> line.startsWith("$ ./plimsoll ")).count();
        assertThat(seen).as("blocks that begin with a command").hasSize((int) commands);
    }

    /// The text with every block that shows a whole output replaced by what its command prints now.
    private static String withCurrentOutput(String text) {
        return COMMAND_BLOCK.matcher(text).replaceAll(block -> {
            if (("\n" + block.group(2) + "\n").contains("\n...\n")) {
                return Matcher.quoteReplacement(block.group());
            }
            var words = Stream.of(block.group(1).split(" "))
                    .map(word -> word.startsWith("examples/") ? "../" + word : word).toArray();
            return Matcher.quoteReplacement(block.group().replace(block.group(2), Run.of(words).out().strip()));
        });
    }

    /// Whether a block is the whole output, or its excerpts between lines of `...` follow each other in it.
    private static boolean isShown(String block, String output) {
        var excerpts = ("\n" + block + "\n").split("\n\\.\\.\\.(?=\n)", -1);
        if (excerpts.length == 1) {
            return block.strip().equals(output.strip());
        }
        var rest = "\n" + output + "\n";
        for (var excerpt : excerpts) {
            var lines = excerpt.replaceAll("^\n+|\n+$", "");
            var at = rest.indexOf("\n" + lines + "\n");
            if (at < 0) {
                return false;
            }
            rest = rest.substring(at + lines.length() + 1);
        }
        return true;
    }

    private static void isRecorded(String name, String text) throws IOException {
        var file = RECORDED.resolve(name);
        if (Boolean.getBoolean("update")) {
            Files.writeString(file, text);
        }
        assertThat(file).as("run with -Dupdate=true to record it").exists();
        assertThat(text).as("run with -Dupdate=true to record what changed").isEqualTo(Files.readString(file));
    }
}
