package dev.plimsoll.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.render.PostgresConf;
import dev.plimsoll.render.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real server of every major runs with what is rendered for it.
class PostgresStartTest {
    private static final String PASSWORD = Rendering.secret("PLIMSOLL_MONITOR_PASSWORD");

    @TempDir
    private Path directory = Path.of("");

    /// These builds lack the contrib libraries and lz4, which the official image has, so that the line that loads
    /// pg_stat_statements and the one that compresses the log go; [#wholeFileRunsWhereTheLibraryIs] tries both.
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void everyMajorRunsWithTheFileAndTheScript(int major) throws IOException {
        var rendering = rendering(major);
        try (var server = PostgresServer.unpacked(major, directory)) {
            server.start(rendering.file("it/postgresql.conf").replaceFirst(
                    "(?m)^shared_preload_libraries = pg_stat_statements$", "")
                    .replaceFirst("(?m)^wal_compression = 'lz4'$", ""), rendering.file("it/pg_hba.conf"));
            serves(server, rendering, "wal_compression");
            assertThat(server.sql("SELECT count(*) FROM plimsoll.get_slow_queries(5)").output().strip())
                    .isEqualTo("0");
        }
    }

    @Test
    void wholeFileRunsWhereTheLibraryIs() throws IOException {
        var binaries = Path.of("/usr/lib/postgresql/15/bin");
        assumeTrue(Files.isExecutable(binaries.resolve("postgres")), "PostgreSQL 15 is not installed in " + binaries);
        var rendering = rendering(15);
        try (var server = new PostgresServer(binaries, directory)) {
            server.start(rendering.file("it/postgresql.conf"), rendering.file("it/pg_hba.conf"));
            serves(server, rendering);
            assertThat(server.sql("SELECT count(*) > 0 FROM plimsoll.get_slow_queries(5)").output().strip())
                    .isEqualTo("t");
            assertThat(
                    server.sql("SELECT count(*) FROM pg_stat_statements WHERE query LIKE '%" + PASSWORD + "%'").output()
                            .strip())
                    .as("statements with the password").isEqualTo("0");
        }
    }

    @Test
    void valuesOfAnOwnFileMeanWhatTheyMeant() throws IOException {
        var binaries = Path.of("/usr/lib/postgresql/15/bin");
        assumeTrue(Files.isExecutable(binaries.resolve("postgres")), "PostgreSQL 15 is not installed in " + binaries);
        var rendering = Rendering.of(new PostgresConf(), Profile.PRODUCTION, "it: {image: 'postgres:15', volumes: "
                + "['./my.conf:/var/lib/postgresql/data/postgresql.conf']}\n", Map.of("my.conf", """
                        restore_command = 'cp %p \\'/a b/%f\\''
                        cluster_name = 'a\\'b\\\\c\\x\\101'''
                        log_line_prefix = '%t\\t'
                        """));
        try (var server = new PostgresServer(binaries, directory)) {
            server.start(rendering.file("it/postgresql.conf"), rendering.file("it/pg_hba.conf"));
            assertThat(server.sql("SHOW restore_command").output()).isEqualTo("cp %p '/a b/%f'\n");
            assertThat(server.sql("SHOW cluster_name").output()).isEqualTo("a'b\\cxA'\n");
            assertThat(server.sql("SHOW log_line_prefix").output()).isEqualTo("%t\t\n");
        }
    }

    private static Rendering rendering(int major) {
        return Rendering.of(new PostgresConf(), Profile.PRODUCTION, "it:\n  image: postgres:" + major
                + "\n  command: postgres -c idle_in_transaction_session_timeout=5s -c geqo_threshold=14\n");
    }

    private void serves(PostgresServer server, Rendering rendering, String... without) throws IOException {
        assertThat(server.sql("SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL").output()).isEmpty();
        assertThat(server.sql("SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL").output())
                .isEmpty();
        var planned = rendering.task().plan().service("it").orElseThrow().choices().stream()
                .map(choice -> choice.setting())
                .filter(name -> !name.equals("shm_size") && !List.of(without).contains(name)).sorted().toList();
        assertThat(server.sql("SELECT name FROM pg_settings WHERE sourcefile LIKE '%/rendered.conf' AND name IN ("
                + planned.stream().collect(Collectors.joining("','", "'", "'")) + ") ORDER BY name COLLATE \"C\"")
                .output().lines()).containsExactlyElementsOf(planned);
        assertThat(server.sql("SHOW geqo_threshold").output().strip()).isEqualTo("14");
        var script = directory.resolve("10-plimsoll.sql");
        Files.writeString(script, rendering.file("it/init/10-plimsoll.sql"));
        for (var time = 0; time < 2; time++) {
            assertThat(server.file(script, Map.of("PLIMSOLL_MONITOR_PASSWORD", PASSWORD)))
                    .matches(run -> run.code() == 0);
        }
        monitors(server);
    }

    private static void monitors(PostgresServer server) throws IOException {
        for (var function : List.of("get_slow_queries(3)", "get_table_sizes()", "get_database_size()",
                "get_cache_hit_ratio()", "get_connection_stats()", "get_unused_indexes()")) {
            assertThat(server.monitor(PASSWORD, "SELECT count(*) FROM plimsoll." + function)).as(function)
                    .matches(run -> run.code() == 0);
        }
        assertThat(server.monitor("wrong", "SELECT 1").output()).contains("password authentication failed");
        assertThat(server.monitor(PASSWORD, "CREATE TABLE t ()").code()).isNotZero();
        assertThat(server.monitor(PASSWORD, "SHOW statement_timeout").output()).contains("10s");
        assertThat(server.log()).doesNotContain(PASSWORD);
    }
}
