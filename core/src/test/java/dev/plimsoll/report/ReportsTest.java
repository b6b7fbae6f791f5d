package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Holds every report against a file in `src/test/resources/report`; `-Dupdate=true` writes the files.
class ReportsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/report");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @TestFactory
    Stream<DynamicTest> reportsAreAsRecorded() {
        var reports = new LinkedHashMap<String, String>();
        for (var sample : List.of(Map.entry("rich", Samples.rich()), Map.entry("clean", Samples.clean()))) {
            var audited = sample.getValue();
            reports.put(sample.getKey() + ".txt", TextReport.of(audited, Style.PLAIN));
            reports.put(sample.getKey() + ".json", JSON.writeValueAsString(JsonReport.of(audited)) + "\n");
            reports.put(sample.getKey() + ".sarif", JSON.writeValueAsString(SarifReport.of(audited)) + "\n");
            reports.put(sample.getKey() + ".junit.xml", JUnitReport.of(audited));
            reports.put(sample.getKey() + ".github.txt", GithubReport.of(audited));
            reports.put(sample.getKey() + ".md", MarkdownReport.of(audited));
        }
        reports.put("each.txt", TextReport.ofEach(List.of(Samples.clean(), Samples.clean()), Style.PLAIN));
        reports.put("rules.txt", RuleText.list(Samples.RULES));
        reports.put("rule.txt", RuleText.explain(Samples.RULES.getFirst()));
        return reports.entrySet().stream().map(report -> DynamicTest.dynamicTest(report.getKey(),
                () -> isAsRecorded(GOLDEN.resolve(report.getKey()), report.getValue())));
    }

    private static void isAsRecorded(Path golden, String actual) throws IOException {
        if (Boolean.getBoolean("update")) {
            Files.writeString(golden, actual);
        }
        assertThat(golden).as("run with -Dupdate=true to write it").exists();
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    @Test
    void textIsEightyColumnsWide() {
        assertThat(TextReport.of(Samples.rich(), Style.PLAIN).lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void colourChangesNothingElse() {
        var coloured = TextReport.of(Samples.rich(), new Style(true));
        assertThat(coloured).contains("\u001b[1;31mcritical:\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(TextReport.of(Samples.rich(), Style.PLAIN));
    }

    @Test
    void linesWithSecretsAreNotQuoted() {
        assertThat(TextReport.of(Samples.rich(), Style.PLAIN)).contains("compose.yml:6").doesNotContain("hunter2");
    }
}
