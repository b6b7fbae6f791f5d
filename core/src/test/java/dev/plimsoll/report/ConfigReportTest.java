package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.ProjectFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReportTest {
    @Test
    void whatADockerfileSaysIsNotPartOfTheComposeFile() {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml",
                "services: {it: {build: ., environment: {A: 1}}}", "Dockerfile",
                "FROM a\nENV B=2\nHEALTHCHECK CMD x\nCMD y\n")), ComposeLoader.Request.of("compose.yml"));
        assertThat(ConfigReport.of(stack).toString()).contains("A=1").doesNotContain("B=2", "healthcheck", "command");
    }
}
