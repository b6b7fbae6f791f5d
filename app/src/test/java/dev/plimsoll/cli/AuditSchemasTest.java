package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Holds JSON against our schema and SARIF against the official one.
class AuditSchemasTest {
    private static final Schema FINDINGS = schema("schema/findings.schema.json", SpecificationVersion.DRAFT_2020_12);
    private static final Schema SARIF = schema("schema/sarif-schema-2.1.0.json", SpecificationVersion.DRAFT_7);
    private static final Path RECORDED = Path.of("../core/src/test/resources/report");
    private static final String STACK = """
            # plimsoll: allow nothing
            services:
              # plimsoll: allow MEM001 because it is small
              api:
                image: example/api:${TAG}
              db:
                image: postgres:16
                mem_limit: 64m
            """;

    @TempDir
    private Path directory = Path.of("");

    private static Schema schema(String name, SpecificationVersion version) {
        try (var text = AuditSchemasTest.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(text).as(name).isNotNull();
            return SchemaRegistry.withDefaultDialect(version)
                    .getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> errors(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private String audit(String compose, String... more) throws IOException {
        Files.writeString(directory.resolve("compose.yml"), compose);
        var args = new ArrayList<Object>(List.of("audit", directory));
        args.addAll(List.of(more));
        return Run.of(args.toArray()).out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"services:\n  api:\n    image: a:1\n    mem_limit: 64m\n", STACK,
            "services:\n  api:\n    image: a:1\n"})
    void realOutputFollowsItsSchema(String compose) throws IOException {
        var baseline = directory.resolve("known.json").toString();
        for (var known : List.of(List.<String>of(), List.of("--write-baseline", baseline))) {
            var json = new ArrayList<>(List.of("--format", "json"));
            json.addAll(known);
            assertThat(errors(FINDINGS, audit(compose, json.toArray(String[]::new)))).isEmpty();
            var sarif = new ArrayList<>(List.of("--format", "sarif"));
            sarif.addAll(known);
            assertThat(errors(SARIF, audit(compose, sarif.toArray(String[]::new)))).isEmpty();
        }
    }

    @Test
    void everyReportOfEachFollowsItsSchema() throws IOException {
        var reports = JsonMapper.shared().readTree(audit(STACK, directory.toString(), "--each", "--format", "json"));
        assertThat(reports).hasSize(2).allSatisfy(report -> assertThat(errors(FINDINGS, report.toString())).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rich", "clean"})
    void recordedReportsFollowTheirSchemas(String name) throws IOException {
        assertThat(errors(FINDINGS, Files.readString(RECORDED.resolve(name + ".json")))).isEmpty();
        assertThat(errors(SARIF, Files.readString(RECORDED.resolve(name + ".sarif")))).isEmpty();
    }

    @Test
    void schemasRefuseWhatTheyShould() throws IOException {
        var json = Files.readString(RECORDED.resolve("rich.json"));
        assertThat(errors(FINDINGS, json.replace("\"family\" : \"memory\"", "\"family\" : \"other\""))).isNotEmpty();
        assertThat(errors(FINDINGS, json.replace("\"fix\"", "\"fixes\""))).isNotEmpty();
        var sarif = Files.readString(RECORDED.resolve("rich.sarif"));
        assertThat(errors(SARIF, sarif.replace("\"startLine\" : 10", "\"startLine\" : 0"))).isNotEmpty();
        assertThat(errors(SARIF, sarif.replace("\"inSource\"", "\"comment\""))).isNotEmpty();
    }
}
