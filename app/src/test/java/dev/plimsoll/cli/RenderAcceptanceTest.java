package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockReader;
import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Renders every project below `compose/accepted` and every example, and lets the real `docker-compose` 2 judge: it
/// accepts the rendered files, sees the planned limits, and sees the same where they were spliced in place.
///
/// Needs `docker-compose` 2 as [ComposeDifferentialTest] does; without it these tests are reported as skipped.
class RenderAcceptanceTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String COMPOSE = Optional.ofNullable(System.getenv("PLIMSOLL_DOCKER_COMPOSE")).orElse("");

    @TestFactory
    Stream<DynamicTest> composeAcceptsWhatIsRenderedAndSeesThePlan() throws IOException {
        return projects().map(project -> DynamicTest.dynamicTest(project.name(), () -> {
            var copy = project.copy();
            try {
                var run = Run.of(project.words(copy));
                assertThat(run.code()).as(run.err()).isIn(ExitCode.FINE, ExitCode.FAILED);
                var lock = lock(copy);
                assertThat(lock.total().isLargerThan(lock.loadLine())).isFalse();
                assumeTrue(!COMPOSE.isEmpty(), "docker-compose 2 is not installed");
                assertLimits(config(copy, lock, true), lock);
            } finally {
                Trees.delete(copy);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> splicedFilesMeanTheSameAsTheOverride() throws IOException {
        return projects().map(project -> DynamicTest.dynamicTest(project.name(), () -> {
            var copy = project.copy();
            try {
                var run = Run.of(project.words(copy, "--in-place"));
                if (run.code() == ExitCode.BAD_INPUT) {
                    assertThat(run.err()).contains("Render without --in-place");
                    return;
                }
                assumeTrue(!COMPOSE.isEmpty(), "docker-compose 2 is not installed");
                var lock = lock(copy);
                var spliced = config(copy, lock, false);
                assertLimits(spliced, lock);
                assertThat(spliced).isEqualTo(config(copy, lock, true));
            } finally {
                Trees.delete(copy);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> renderedAgainTheFilesStayAsTheyAre() throws IOException {
        return projects().map(project -> DynamicTest.dynamicTest(project.name(), () -> {
            var copy = project.copy();
            try {
                if (Run.of(project.words(copy, "--in-place")).code() == ExitCode.BAD_INPUT) {
                    return;
                }
                var once = texts(copy);
                assertThat(Run.of(project.words(copy, "--in-place")).out()).contains(" is up to date.");
                assertThat(texts(copy)).isEqualTo(once);
                Run.of(project.words(copy));
                assertThat(texts(copy)).isEqualTo(once);
            } finally {
                Trees.delete(copy);
            }
        }));
    }

    private static Map<String, String> texts(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            var texts = new TreeMap<String, String>();
            for (var file : files.filter(Files::isRegularFile).filter(path -> !path.endsWith("render.lock"))
                    .toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return texts;
        }
    }

    private static Lock lock(Path copy) throws IOException {
        return LockReader.read("lock", Files.readString(copy.resolve("out").resolve(Lock.FILE_NAME)));
    }

    private static void assertLimits(JsonNode seen, Lock lock) {
        for (var service : lock.services()) {
            var found = seen.path("services").path(service.name());
            var limit = found.path("deploy").path("resources").path("limits").path("memory")
                    .asString(found.path("mem_limit").asString(""));
            assertThat(limit).as(service.name()).isEqualTo(String.valueOf(service.limit().bytes()));
        }
    }

    private record Project(String name, Path directory, List<String> files) {
        Path copy() throws IOException {
            var copy = Files.createTempDirectory("render");
            try (var all = Files.walk(directory)) {
                for (var file : all.filter(Files::isRegularFile).toList()) {
                    var target = copy.resolve(directory.relativize(file).toString());
                    Files.createDirectories(Optional.ofNullable(target.getParent()).orElseThrow());
                    Files.copy(file, target);
                }
            }
            return copy;
        }

        Object[] words(Path copy, String... options) {
            var words = new ArrayList<Object>(List.of("render", "--out", copy.resolve("out")));
            words.addAll(List.of(options));
            if (files.isEmpty()) {
                words.add(copy);
            }
            files.forEach(file -> words.add(copy.resolve(file)));
            return words.toArray();
        }
    }

    private static Stream<Project> projects() throws IOException {
        try (var fixtures = Files.list(Path.of("src/test/resources/compose/accepted"))) {
            var accepted = fixtures.sorted().map(RenderAcceptanceTest::fixture).toList();
            return Stream.concat(accepted.stream(), Stream.of(
                    new Project("rag-4gb", Path.of("../examples/rag-4gb"), List.of("compose.yml")),
                    new Project("book-reader", Path.of("../examples/book-reader"), List.of("compose.yml")),
                    new Project("book-reader before", Path.of("../examples/book-reader"), List.of("before.yml")),
                    new Project("documentation-assistant", Path.of("../examples/documentation-assistant"),
                            List.of("compose.yml"))));
        }
    }

    private static Project fixture(Path directory) {
        try {
            var args = directory.resolve("args");
            return new Project(String.valueOf(directory.getFileName()), directory, Files.exists(args)
                    ? Files.readAllLines(args)
                    : List.of());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode config(Path copy, Lock lock, boolean laidOver) throws IOException, InterruptedException {
        var root = copy.resolve("out");
        var words = new ArrayList<>(List.of(COMPOSE));
        lock.envFiles().forEach(file -> words.addAll(List.of("--env-file", root.resolve(file).normalize().toString())));
        lock.composeFiles().forEach(file -> words.addAll(List.of("-f", root.resolve(file).normalize().toString())));
        if (laidOver) {
            words.addAll(List.of("-f", root.resolve("compose.plimsoll.yml").toString()));
        }
        words.addAll(List.of("--project-directory", copy.toString(), "config", "--format", "json"));
        var process = new ProcessBuilder(words).directory(copy.toFile());
        process.environment().putAll(Map.of("PASSED", "through", "KEY", "k"));
        var errors = Files.createTempFile("compose", ".err");
        var running = process.redirectError(errors.toFile()).start();
        var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return MAPPER.readTree(output);
    }
}
