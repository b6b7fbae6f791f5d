package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.HostFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Holds what is rendered for the examples against files in `src/test/resources/render`; `-Dupdate=true` writes them.
class DatabaseRenderingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/render");
    private static final Path EXAMPLES = Path.of("../examples");

    @TestFactory
    Stream<DynamicTest> examplesAreRenderedAsRecorded() {
        return examples().stream().flatMap(example -> Stream.of(Profile.PRODUCTION, Profile.DEVELOPMENT).map(
                profile -> DynamicTest.dynamicTest(example + " " + profile, () -> isRecorded(example, profile))));
    }

    private static void isRecorded(String example, Profile profile) throws IOException {
        var task = Tasks.task(profile, inventory(example));
        var actual = Tasks.RENDERERS.stream().map(renderer -> "##### " + renderer.getClass().getSimpleName() + "\n"
                + Tasks.shown(Tasks.render(renderer, task))).collect(Collectors.joining());
        var golden = GOLDEN.resolve(example + "-" + profile + ".txt");
        if (Boolean.getBoolean("update")) {
            Files.writeString(golden, actual);
        }
        assertThat(golden).as("run with -Dupdate=true to write it").exists();
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    static Inventory inventory(String example) {
        var stack = ComposeLoader.load(ProjectFiles.of(texts(EXAMPLES.resolve(example))),
                ComposeLoader.Request.of("compose.yml"));
        return Inventory.of(stack, HostFacts.of(stack.hints()).host());
    }

    private static Map<String, String> texts(Path directory) {
        try (var files = Files.walk(directory)) {
            var texts = new LinkedHashMap<String, String>();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file));
            }
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @TestFactory
    Stream<DynamicTest> noSecretStandsInAFileOfAContainer() {
        return examples().stream().map(example -> DynamicTest.dynamicTest(
                example, () -> Tasks.RENDERERS.forEach(renderer -> {
                    var part = Tasks.render(renderer, Tasks.task(Profile.PRODUCTION, inventory(example)));
                    assertThat(Tasks.shown(part)).doesNotContain("secret-of-");
                })));
    }

    static List<String> examples() {
        return List.of("book-reader", "documentation-assistant", "rag-4gb");
    }
}
