package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Loads every project below `compose/accepted` with Plimsoll and with Docker Compose 2, and compares; what stands in
/// `compose/refused` must be refused by both.
///
/// Needs the program `docker-compose` 2: the variable PLIMSOLL_DOCKER_COMPOSE names it, or it is on the PATH. Without
/// it only Plimsoll's own verdict is tested, and the comparison is reported as skipped.
class ComposeDifferentialTest {
    private static final Path ROOT = Path.of("src/test/resources/compose");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Map<String, String> ENVIRONMENT = Map.of("PASSED", "through", "KEY", "k");
    private static final String COMPOSE = composeProgram();

    @TestFactory
    Stream<DynamicTest> acceptedProjectsLoadTheSame() {
        return list(ROOT.resolve("accepted")).map(project -> DynamicTest.dynamicTest(project.getFileName().toString(),
                () -> {
                    var ours = plimsoll(project, files(project));
                    assertThat(ours.exitCode()).as(ours.errors()).isZero();
                    assumeTrue(!COMPOSE.isEmpty(), "docker-compose 2 is not installed");
                    var theirs = compose(project, files(project));
                    assertThat(theirs.exitCode()).as(theirs.errors()).isZero();
                    assertThat(ComposeConfig.ofPlimsoll(MAPPER.readTree(ours.output()), project.toAbsolutePath()))
                            .isEqualTo(ComposeConfig.ofCompose(MAPPER.readTree(theirs.output())));
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusedFilesAreRefusedByBoth() {
        return list(ROOT.resolve("refused")).map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            var name = file.getFileName().toString();
            var ours = plimsoll(ROOT.resolve("refused"), List.of(name));
            assertThat(ours.exitCode()).as(ours.output()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(ours.errors()).startsWith("error: ").contains(name).doesNotContain("Exception");
            assumeTrue(!COMPOSE.isEmpty(), "docker-compose 2 is not installed");
            assertThat(compose(ROOT.resolve("refused"), List.of(name)).exitCode()).isNotZero();
        }));
    }

    private record Run(int exitCode, String output, String errors) {}

    private static List<String> files(Path project) throws IOException {
        var args = project.resolve("args");
        return Files.exists(args) ? Files.readAllLines(args) : List.of();
    }

    private static Run plimsoll(Path project, List<String> files) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8), ENVIRONMENT, false);
        var words = new ArrayList<>(List.of("config"));
        if (files.isEmpty()) {
            words.add(project.toString());
        }
        files.forEach(file -> words.add(project.resolve(file).toString()));
        var exitCode = Main.run(terminal, words.toArray(String[]::new));
        return new Run(exitCode, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static Run compose(Path project, List<String> files) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(COMPOSE));
        files.forEach(file -> words.addAll(List.of("-f", file)));
        words.addAll(List.of("config", "--format", "json"));
        var output = Files.createTempFile("compose", ".json");
        var errors = Files.createTempFile("compose", ".txt");
        try {
            var builder = new ProcessBuilder(words).directory(project.toFile()).redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("COMPOSE_"));
            builder.environment().putAll(ENVIRONMENT);
            return new Run(builder.start().waitFor(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static String composeProgram() {
        var program = System.getenv().getOrDefault("PLIMSOLL_DOCKER_COMPOSE", "docker-compose");
        try {
            var process = new ProcessBuilder(program, "version", "--short").redirectErrorStream(true).start();
            var version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 && version.replaceFirst("^v", "").startsWith("2.") ? program : "";
        } catch (IOException notThere) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static Stream<Path> list(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The parts of a loaded project that both programs print, in one form.
    private static final class ComposeConfig {
        static Map<String, Object> ofCompose(JsonNode config) {
            var services = new TreeMap<String, Object>();
            config.path("services").properties().forEach(entry -> services.put(entry.getKey(),
                    compose(entry.getValue())));
            return services;
        }

        static Map<String, Object> ofPlimsoll(JsonNode config, Path project) {
            var services = new TreeMap<String, Object>();
            config.path("services").properties().forEach(entry -> services.put(entry.getKey(),
                    plimsoll(entry.getValue(), project)));
            return services;
        }

        private static Map<String, Object> compose(JsonNode s) {
            var fields = new TreeMap<String, Object>();
            fields.put("image", single(s.path("image").asString("")));
            fields.put("command", words(s.path("command")));
            fields.put("entrypoint", words(s.path("entrypoint")));
            var environment = new TreeMap<String, Object>();
            s.path("environment").properties().stream().filter(e -> !e.getValue().isNull())
                    .forEach(e -> environment.put(e.getKey(), single(e.getValue().asString())));
            fields.put("environment", environment);
            var limits = s.path("deploy").path("resources").path("limits");
            var reservations = s.path("deploy").path("resources").path("reservations");
            fields.put("memory_limit", first(s.path("mem_limit"), limits.path("memory")));
            fields.put("memory_reservation", first(s.path("mem_reservation"), reservations.path("memory")));
            fields.put("shm_size", first(s.path("shm_size"), s.path("shm_size")));
            fields.put("cpus", first(s.path("cpus"), limits.path("cpus")));
            fields.put("replicas", s.has("scale")
                    ? s.path("scale").asInt()
                    : s.path("deploy").path("replicas").asInt(1));
            fields.put("restart", s.has("restart")
                    ? s.path("restart").asString()
                    : s.path("deploy").path("restart_policy").path("condition").asString(""));
            fields.put("ports", sorted(s.path("ports"), port -> port.path("host_ip").asString("") + " "
                    + port.path("published").asString("") + " " + port.path("target").asInt() + " "
                    + port.path("protocol").asString("tcp")));
            fields.put("volumes", sorted(s.path("volumes"), mount -> mount.path("type").asString() + " "
                    + single(mount.path("source").asString("")) + " " + mount.path("target").asString() + " "
                    + mount.path("read_only").asBoolean(false)));
            var dependencies = new TreeMap<String, Object>();
            s.path("depends_on").properties().forEach(e -> dependencies.put(e.getKey(),
                    e.getValue().path("condition").asString()));
            fields.put("depends_on", dependencies);
            fields.put("healthcheck", words(s.path("healthcheck").path("test")));
            return fields;
        }

        private static Map<String, Object> plimsoll(JsonNode s, Path project) {
            var fields = new TreeMap<String, Object>();
            fields.put("image", s.path("image").asString(""));
            fields.put("command", words(s.path("command")));
            fields.put("entrypoint", words(s.path("entrypoint")));
            var environment = new TreeMap<String, Object>();
            s.path("environment").properties().forEach(e -> environment.put(e.getKey(), e.getValue().asString()));
            fields.put("environment", environment);
            for (var key : List.of("memory_limit", "memory_reservation", "shm_size", "cpus")) {
                fields.put(key, first(s.path(key), s.path(key)));
            }
            fields.put("replicas", s.path("replicas").asInt());
            fields.put("restart", s.path("restart").asString(""));
            fields.put("ports", sorted(s.path("ports"), port -> port.path("host_ip").asString("") + " "
                    + port.path("published").asString("") + " " + port.path("target").asInt() + " "
                    + port.path("protocol").asString("tcp")));
            fields.put("volumes", sorted(s.path("volumes"), mount -> {
                var source = mount.path("source").asString("");
                var isBind = mount.path("type").asString().equals("bind");
                return mount.path("type").asString() + " " + (isBind && !source.startsWith("/")
                        ? project.resolve(source).normalize().toString()
                        : source) + " "
                        + mount.path("target").asString() + " " + mount.path("read_only").asBoolean(false);
            }));
            var dependencies = new TreeMap<String, Object>();
            s.path("depends_on").properties().forEach(e -> dependencies.put(e.getKey(), e.getValue().asString()));
            fields.put("depends_on", dependencies);
            fields.put("healthcheck", words(s.path("healthcheck")));
            return fields;
        }

        private static List<String> words(JsonNode list) {
            return list.values().stream().map(word -> single(word.asString())).toList();
        }

        private static double first(JsonNode one, JsonNode other) {
            var node = one.isMissingNode() || one.isNull() ? other : one;
            return node.isMissingNode() || node.isNull() ? 0 : Double.parseDouble(node.asString());
        }

        private static List<String> sorted(JsonNode list, Function<JsonNode, String> form) {
            return list.values().stream().map(form).sorted().toList();
        }

        /// Compose doubles dollar signs in its output.
        private static String single(String text) {
            return text.replace("$$", "$");
        }
    }
}
