package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockWriter;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/// Holds what is said of running stacks against its schemas: a Redis that tells all, and a container that ended.
class LiveSchemasTest {
    private static final MemorySize LIMIT = MemorySize.ofMegabytes(256L);
    private static final String INFO = """
            used_memory:41000000
            used_memory_dataset:40000000
            used_memory_rss:47000000
            mem_clients_normal:200000
            mem_fragmentation_ratio:1.15
            maxmemory:134217728
            connected_clients:4
            aof_enabled:0
            """;

    @TempDir
    private Path directory = Path.of("");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    /// A runtime whose machine tells everything, or nothing that may be left out.
    private record Machine(boolean tellsAll) implements StackRuntime {
        @Override
        public String project() {
            return "shop-plimsoll";
        }

        @Override
        public String description() {
            return "a stand-in";
        }

        @Override
        public List<Container> containers() {
            return List.of(container("cache", "running", Optional.empty()), container("job", "exited", Optional.of(
                    1)));
        }

        private Container container(String service, String state, Optional<Integer> code) {
            return new Container(service, 1, service, "redis:7", state, Optional.of("healthy").filter(_ -> tellsAll),
                    0, Optional.of(Instant.EPOCH), code, false, Optional.of(LIMIT).filter(_ -> tellsAll), Optional
                            .empty(),
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, "always", false,
                    Map.of(), List.of(), List.of(), tellsAll
                            ? List.of(new Container.PublishedPort("127.0.0.1", 49152, 6379))
                            : List.of());
        }

        @Override
        public Optional<CgroupReading> cgroup(Container container) {
            var used = MemorySize.ofMegabytes(50L);
            return container.isRunning()
                    ? Optional.of(new CgroupReading(2, used, used, used, MemorySize.ZERO, MemorySize.ZERO, known(used),
                            known(used), known(LIMIT), 0, known(3L), 1.5, 0.25, new CgroupReading.Periods(8, 1),
                            known(9L), known(0.1), known(
                                    0.2),
                            known(0.3)))
                    : Optional.empty();
        }

        private <T> Optional<T> known(T value) {
            return tellsAll ? Optional.of(value) : Optional.empty();
        }

        @Override
        public Answer ask(Container container, Question question) {
            return question.toString().contains("INFO") && tellsAll
                    ? new Answer.Text(INFO)
                    : new Answer.None("nothing to say");
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void render() throws IOException {
        var lock = new Lock("shop", List.of("compose.yml"), List.of(), "production", Host.TYPICAL, MemorySize
                .ofGigabytes(3),
                List.of(service("cache", "redis", Role.CACHE), service("job", "unknown", Role.WORKER),
                        service("unseen", "unknown", Role.APP)),
                List.of(), List.of());
        Files.writeString(directory.resolve(Lock.FILE_NAME), LockWriter.text(lock));
        Files.writeString(directory.resolve("compose.yml"), "services: {cache: {image: 'redis:7'}}");
        Files.writeString(directory.resolve("compose.plimsoll.yml"), "services: {cache: {mem_limit: 256m}}");
    }

    private static LockedService service(String name, String kind, Role role) {
        return new LockedService(name, kind, role, Optional.of("redis:7"), 1, LIMIT, MemorySize.ofMegabytes(128L),
                Optional.of(LIMIT), Millicores.ofCores(1), List.of(new LockedSetting("maxmemory", "128mb", "", "")));
    }

    private String json(BiFunction<Looking, Terminal, Callable<Integer>> command, boolean tellsAll,
            String... options) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
                StandardCharsets.UTF_8), Map.of(), false);
        var looking = new Looking((_, _, _) -> new Machine(tellsAll), () -> now,
                span -> now = now.plus(span).plus(Duration
                        .ofMillis(1)));
        var words = new java.util.ArrayList<>(List.of(options));
        words.addAll(List.of("--format", "json", directory.toString()));
        new CommandLine(command.apply(looking, terminal)).execute(words.toArray(String[]::new));
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("error");
        return out.toString(StandardCharsets.UTF_8);
    }

    private String status(boolean tellsAll) {
        return json((looking, terminal) -> new StatusCommand(looking).printingTo(terminal), tellsAll);
    }

    private String calibration(boolean tellsAll) {
        return json((looking, terminal) -> new CalibrateCommand(looking).printingTo(terminal), tellsAll, "--dry-run");
    }

    private static Schema schema(String name) {
        try (var text = LiveSchemasTest.class.getClassLoader().getResourceAsStream("schema/" + name)) {
            assertThat(text).as(name).isNotNull();
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(new String(text
                    .readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static List<String> errors(String schema, String json) {
        return schema(schema).validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    @Test
    void statusFollowsItsSchema() {
        for (var tellsAll : List.of(true, false)) {
            var json = status(tellsAll);
            assertThat(json).contains("\"cache\"", "\"exit_code\" : 1");
            assertThat(json.contains("memory_pressure")).isEqualTo(tellsAll);
            assertThat(errors("status.schema.json", json)).isEmpty();
        }
    }

    @Test
    void calibrationFollowsItsSchema() {
        for (var tellsAll : List.of(true, false)) {
            var json = JsonMapper.shared().readTree(calibration(tellsAll));
            assertThat(json.at("/unseen").toString()).contains("unseen");
            assertThat(json.at("/services/0/model").isNull()).isEqualTo(!tellsAll);
            assertThat(json.at("/measured").isEmpty()).isEqualTo(!tellsAll);
            assertThat(errors("calibration.schema.json", json.toString())).isEmpty();
        }
    }

    @Test
    void theSchemasRefuseWhatTheyShould() {
        for (var change : List.of("\"state\"=\"status\"", "\"exit_code\" : 1=\"exit_code\" : \"1\"",
                "\"version\" : 2=\"version\" : 3", "\"memory_pressure\" : 0.1=\"memory_pressure\" : 10",
                "\"oom_kills\"=\"kills\"", "49152=70000")) {
            var parts = change.split("=");
            var json = status(true);
            assertThat(json).contains(parts[0]);
            assertThat(errors("status.schema.json", json.replace(parts[0], parts[1]))).as(change).isNotEmpty();
        }
        for (var change : List.of("\"held_bytes\"=\"held\"", "\"ceiling_ratio\" : =\"ceiling_ratio\" : -",
                "\"unit\" : \"=\"unit\" : \"kilo", "\"unseen\" : [=\"unseen\" : [ 1,")) {
            var parts = change.split("=");
            var json = calibration(true);
            assertThat(json).contains(parts[0]);
            assertThat(errors("calibration.schema.json", json.replace(parts[0], parts[1]))).as(change).isNotEmpty();
        }
    }
}
