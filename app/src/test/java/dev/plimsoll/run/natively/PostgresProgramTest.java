package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void setsAsideTheLineThatTheServerRefuses() {
        var conf = List.of("wal_compression = on", "# wal_compression = lz4", "wal_compression = lz4", "new_one = 1");

        assertThat(PostgresProgram.Refusal.of("LOG:  invalid value for parameter \"wal_compression\": \"lz4\"\n", conf))
                .contains(new PostgresProgram.Refusal(2, "wal_compression = lz4, which this build of PostgreSQL does "
                        + "not offer."));
        assertThat(PostgresProgram.Refusal.of("LOG:  unrecognized configuration parameter \"new_one\" in file "
                + "\"/p.conf\" line 4\n", conf))
                .contains(new PostgresProgram.Refusal(3, "new_one, which this version of "
                        + "PostgreSQL does not know."));
        assertThat(PostgresProgram.Refusal.of("LOG:  invalid value for parameter \"absent\": \"1\"\n", conf)).isEmpty();
        assertThat(PostgresProgram.Refusal.of("FATAL:  something else", conf)).isEmpty();
    }

    @Test
    void saysWhatWentWrongFirst() {
        var full = """
                2026-11-30 23:42:49.218 UTC [17395] FATAL:  could not extend file "base/1/2691": No space left on device
                2026-11-30 23:42:49.218 UTC [17395] HINT:  Check free disk space.
                2026-11-30 23:42:49.218 UTC [17395] PANIC:  cannot abort transaction 1, it was already committed
                initdb: removing data directory "/x/data"
                """;
        assertThat(PostgresCluster.complaint(new Shell.Result(1, "", full)))
                .isEqualTo("could not extend file \"base/1/2691\": No space left on device");
        assertThat(PostgresCluster.complaint(new Shell.Result(1, "", "initdb: error: invalid locale name \"x\"\n")))
                .isEqualTo("invalid locale name \"x\"");
        assertThat(PostgresCluster.complaint(new Shell.Result(124, "", "interrupted"))).isEqualTo("interrupted");
    }

    @Test
    void readsOptionsWithTheirValues() {
        assertThat(PostgresCluster.options("--data-checksums -E UTF8 --locale 'C.UTF-8' --encoding=UTF8 -X /wal"))
                .containsExactly("--data-checksums", "-EUTF8", "--locale=C.UTF-8", "--encoding=UTF8", "-X/wal");
        assertThat(PostgresCluster.options("")).isEmpty();
    }
}
