package dev.plimsoll.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/// A PostgreSQL server with an own data directory, on the loopback interface.
final class PostgresServer implements AutoCloseable {
    private static final Path JARS = Path.of("target/postgres-binaries");

    private final Path binaries;
    private final Path directory;
    private final int port = Program.freePort();
    private Optional<Process> process = Optional.empty();

    PostgresServer(Path binaries, Path directory) {
        assumeTrue(Program.find("psql").isPresent(), "psql is not installed");
        this.binaries = binaries;
        this.directory = Program.open(directory);
    }

    /// A server of a major from the binaries that the build copies.
    static PostgresServer unpacked(int major, Path directory) throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && Files.isDirectory(JARS) && Program.find("tar")
                .isPresent(), "no PostgreSQL binaries for this machine in " + JARS);
        try (var jars = Files.list(JARS)) {
            var jar = jars.filter(path -> path.getFileName().toString().contains("-amd64-" + major + ".")).findFirst();
            assertThat(jar).as("binaries of PostgreSQL " + major).isPresent();
            var archive = directory.resolve("binaries.txz");
            try (var zip = new ZipFile(jar.get().toFile())) {
                var entry = zip.stream().filter(found -> found.getName().endsWith(".txz")).findFirst().orElseThrow();
                try (var content = zip.getInputStream(entry)) {
                    Files.copy(content, archive);
                }
            }
            var target = Files.createDirectory(directory.resolve("postgres"));
            assertThat(Program.run("tar", "-xJf", archive.toString(), "-C", target.toString()))
                    .matches(run -> run.code() == 0);
            return new PostgresServer(target.resolve("bin"), directory);
        }
    }

    /// @param conf as rendered; this data directory takes the place of the container's
    void start(String conf, String hba) throws IOException {
        var data = directory.resolve("data");
        assertThat(Program.run(Map.of(), Program.unprivileged(List.of(binary("initdb"), "-D", data.toString(), "-U",
                "postgres", "--no-locale", "-E", "UTF8", "-N")))).matches(run -> run.code() == 0);
        assertThat(conf).contains("include_if_exists = '/var/lib/postgresql/", "\nlisten_addresses = '*'\n");
        var rendered = directory.resolve("rendered.conf");
        Files.writeString(rendered, conf.replaceFirst("'/var/lib/postgresql/[^']*/postgresql.conf'", "'" + data
                + "/postgresql.conf'").replace("listen_addresses = '*'", "listen_addresses = '127.0.0.1'"));
        var access = directory.resolve("rendered_hba.conf");
        Files.writeString(access, hba);
        var log = directory.resolve("log");
        var server = Program.start(log, Program.unprivileged(List.of(binary("postgres"), "-D", data.toString(), "-c",
                "config_file=" + rendered, "-c", "hba_file=" + access, "-p",
                String.valueOf(port), "-k", directory.toString())));
        process = Optional.of(server);
        Program.await(server, log, () -> sql("SELECT 1").code() == 0);
    }

    private String binary(String name) {
        return binaries.resolve(name).toString();
    }

    /// Runs SQL as the superuser through the socket, without headings.
    Program.Finished sql(String text) {
        return psql(Map.of(), directory.toString(), "postgres", "-c", text);
    }

    Program.Finished file(Path script, Map<String, String> environment) {
        return psql(environment, directory.toString(), "postgres", "-f", script.toString());
    }

    /// Runs SQL over the network as the role that may only watch.
    Program.Finished monitor(String password, String text) {
        return psql(Map.of("PGPASSWORD", password), "127.0.0.1", "plimsoll_monitor", "-c", text);
    }

    private Program.Finished psql(Map<String, String> environment, String host, String user, String what,
            String argument) {
        return Program.run(environment, List.of("psql", "-XAtqw", "-h", host, "-p", String.valueOf(port), "-U", user,
                "-d", "postgres", what, argument));
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @Override
    public void close() {
        process.ifPresent(Program::stop);
    }
}
