package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresProgramTest {
    @TempDir
    private Path directory = Path.of("");

    /// A server that is to load a library it has not got does not start.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"shared_preload_libraries = missing | none",
            "shared_preload_libraries = 'there, missing' | there", "shared_preload_libraries = there | as it is",
            "# nothing | as it is"})
    void leavesOutLibrariesThatAreNotInstalled(String line, String loaded) throws IOException {
        var bin = Files.createDirectories(directory.resolve("bin"));
        Files.createFile(Files.createDirectories(directory.resolve("lib/postgresql")).resolve("there.so"));
        var notes = new ArrayList<String>();

        var libraries = PostgresProgram.preloaded("port = 1\n" + line + "\n", bin, "db", notes);

        assertThat(libraries.map(found -> found.isEmpty() ? "none" : found).orElse("as it is")).isEqualTo(loaded);
        assertThat(notes).hasSize(line.contains("missing") ? 1 : 0);
    }
}
