package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {
    @TempDir
    private Path directory = Path.of("");

    /// A Compose file may hold passwords.
    @Test
    void aFileThatIsReplacedKeepsItsPermissions() throws IOException {
        var file = Files.writeString(directory.resolve("compose.yml"), "old");
        for (var permissions : new String[]{"rw-------", "rw-rw-r--"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            OutputFile.replace(file, "new " + permissions);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(permissions);
            assertThat(file).hasContent("new " + permissions);
        }
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yml", "docker-compose.prod.YAML", "postgresql.conf", ".env", ".env.local",
            "Dockerfile", "init.sql"})
    void aReportTakesTheNameOfNoFileThatPeopleWrite(String name) throws IOException {
        var file = directory.resolve(name);
        Files.writeString(file, "services: {}\n");
        assertThatThrownBy(() -> OutputFile.write(file, "report")).isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "would be lost");
        assertThat(file).hasContent("services: {}");
        OutputFile.write(directory.resolve("report.json"), "1");
        OutputFile.write(directory.resolve("report.json"), "2");
        assertThat(directory.resolve("report.json")).hasContent("2");
    }
}
