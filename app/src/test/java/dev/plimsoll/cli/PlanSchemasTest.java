package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.kinds.Kind;
import dev.plimsoll.kinds.Kinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Holds plans and hints against their schemas.
class PlanSchemasTest {
    private static final Schema PLAN = schema(text("schema/plan.schema.json"));
    private static final String HINTS_TEXT = text("schema/hints.schema.json");
    private static final Schema HINTS = schema(HINTS_TEXT);
    private static final Schema SERVICE_HINTS = schema(HINTS_TEXT.replaceFirst("\"type\": \\[\"object\", \"null\"],",
            "\"\\$ref\": \"#/\\$defs/service\",").replaceFirst("\"properties\": \\{\\s*\"host\"",
                    "\"x-unused\": {\n \"host\""));
    private static final String STACK = """
            services:
              db:
                image: postgres:17
                command: -c max_connections=300
              cache:
                image: redis:7
              worker:
                image: example/worker:1
                command: celery -A a worker -c 64
                deploy: {replicas: 2}
              own:
                image: example/own:1
                mem_limit: 100m
            """;

    @TempDir
    private Path directory = Path.of("");

    private static String text(String name) {
        try (var text = PlanSchemasTest.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(text).as(name).isNotNull();
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text, InputFormat.JSON);
    }

    private static List<String> errors(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private String plan(String... options) throws IOException {
        Files.writeString(directory.resolve("compose.yml"), STACK);
        var args = new Object[options.length + 4];
        args[0] = "plan";
        args[1] = directory;
        args[2] = "--format";
        args[3] = "json";
        System.arraycopy(options, 0, args, 4, options.length);
        return Run.of(args).out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--memory=64GB", "--memory=4GB", "--memory=2GB", "--memory=256MB", "--sizes=256MB,2GB,64GB",
            "--sizes=8GB"})
    void realPlansFollowTheSchema(String option) throws IOException {
        var json = plan(option);
        assertThat(json).isNotEmpty();
        assertThat(errors(PLAN, json)).isEmpty();
    }

    @Test
    void thePlanSchemaRefusesWhatItShould() throws IOException {
        var json = plan("--memory=2GB");
        assertThat(errors(PLAN, json.replace("\"fits\" : false", "\"fits\" : \"no\""))).isNotEmpty();
        assertThat(errors(PLAN, json.replace("\"limit_bytes\"", "\"limit\""))).isNotEmpty();
        assertThat(errors(PLAN, json.replaceFirst("\"saves_bytes\"", "\"adds_bytes\""))).isNotEmpty();
        assertThat(errors(PLAN, "[]")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"host\": null}",
            "{\"host\": {\"memory\": \"4g\", \"cpus\": 2, \"swap\": 0, "
                    + "\"disk\": \"40GB\", \"disk_kind\": \"ssd\"}}",
            "{\"host\": {\"cpus\": \"0.5\", \"memory\": \"1.5 GiB\"}}"})
    void hintsAboutTheServer(String json) {
        assertThat(errors(HINTS, json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{\"host\": \"4g\"}", "{\"host\": {\"ram\": 1}}", "{\"host\": {\"memory\": \"much\"}}",
                    "{\"host\": {\"disk_kind\": \"tape\"}}", "{\"host\": {\"cpus\": -1}}"})
    void badHintsAboutTheServer(String json) {
        assertThat(errors(HINTS, json)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"kind\": \"postgres\", \"workers\": 4, \"worker_memory\": \"200m\", "
            + "\"priority\": \"High\", \"dataset\": \"2g\", \"connections\": \"40\"}"})
    void hintsAboutAService(String json) {
        assertThat(errors(SERVICE_HINTS, json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"kind\": \"oracle\"}", "{\"workers\": 0}", "{\"workers\": 1.5}", "{\"sort\": 1}",
            "{\"priority\": \"urgent\"}", "{\"dataset\": \"-1\"}"})
    void badHintsAboutAService(String json) {
        assertThat(errors(SERVICE_HINTS, json)).isNotEmpty();
    }

    @Test
    void theSchemaNamesEveryKind() {
        var named = JsonMapper.shared().readTree(HINTS_TEXT).at("/$defs/service/properties/kind/enum").valueStream()
                .filter(value -> value.isString()).map(value -> value.stringValue()).toList();
        assertThat(named).isEqualTo(Kinds.ALL.stream().map(Kind::id).sorted().toList());
    }
}
