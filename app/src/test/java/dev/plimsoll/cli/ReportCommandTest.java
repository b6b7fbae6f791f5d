package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.store.EvidenceStore;
import dev.plimsoll.store.EvidenceStore.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String START = """
            {"version": "0.1.0", "project": "shop", "runtime": "docker", "when": "2026-03-01T12:00:00Z",
             "seconds": 12.5, "services": 1}
            """;
    private static final String VERIFICATION = """
            {"version": "0.1.0", "project": "shop", "profile": "production", "runtime": "Docker Engine 28",
             "when": "2026-03-01T12:00:00Z", "passed": false, "scenarios": [{"number": 2, "id": "containers",
             "title": "Containers", "verdict": "failed", "checks": [{"service": "cache", "what": "has its limit",
             "verdict": "failed", "found": "it has none", "remedy": "Set it", "evidence": []}]}]}
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void render() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), "name: shop\nservices: {cache: {image: \"redis:7\", "
                + "mem_limit: 300m}}\n");
        assertThat(Run.of("render", directory, "--memory=1GB").code()).isZero();
    }

    private Path rendered() {
        return directory.resolve("plimsoll");
    }

    private EvidenceStore store() {
        return EvidenceStore.of(rendered().resolve(".plimsoll"), rendered().resolve("plimsoll.lock.yml"));
    }

    @Test
    void withoutEvidenceNothingIsClaimed() {
        var report = Run.of("report", rendered());
        assertThat(report.code()).isZero();
        assertThat(report.out()).contains("0.0 shown, 0.0 failed, 100.0 not run", "300 MB");
    }

    @Test
    void whatWasRecordedIsReported() throws IOException {
        store().add(Kind.START, NOON, START);
        store().add(Kind.VERIFICATION, NOON, VERIFICATION);
        store().add(Kind.VERIFICATION, NOON, VERIFICATION);
        assertThat(Run.of("report", rendered(), "--cost-before=48 EUR", "--cost-after=12 EUR").out()).contains(
                "shop is not ready", "cache: has its limit: it has none. Fix: Set it", "12.5 s", "48 EUR",
                "20260301T120000Z-verification.json", "20260301T120000Z-2-verification.json");
    }

    @Test
    void evidenceOfAnotherPlanDoesNotCount() throws IOException {
        store().add(Kind.VERIFICATION, NOON, VERIFICATION);
        assertThat(Run.of("render", directory, "--memory=2GB").code()).isZero();
        assertThat(Run.of("report", rendered()).out()).contains("100.0 not run");
    }

    @Test
    void aSpoiledRecordIsNamed() throws IOException {
        var file = store().add(Kind.VERIFICATION, NOON, VERIFICATION);
        Files.writeString(file, "{\"version\":");
        var report = Run.of("report", rendered());
        assertThat(report.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(report.err()).contains(file.getFileName().toString(), "this is no verification", "remove it");
    }

    @Test
    void jsonKeepsToItsSchema() throws IOException {
        store().add(Kind.VERIFICATION, NOON, VERIFICATION);
        var json = Run.of("report", rendered(), "--format=json").out();
        try (var schema = ReportCommandTest.class.getResourceAsStream("/schema/report.schema.json")) {
            var text = new String(java.util.Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text,
                    InputFormat.JSON).validate(json, InputFormat.JSON)).isEmpty();
        }
    }

    @Test
    void theReportIsWrittenToAFile() throws IOException {
        var file = directory.resolve("report.html");
        assertThat(Run.of("report", rendered(), "--format=html", "--summary", "-o", file).out()).isEmpty();
        assertThat(Files.readString(file)).startsWith("<!doctype html>").contains("Readiness of shop");
    }
}
