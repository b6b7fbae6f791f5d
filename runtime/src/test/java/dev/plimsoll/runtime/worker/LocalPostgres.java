package dev.plimsoll.runtime.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL server of Debian's packages on the loopback interface, with a queue installed.
final class LocalPostgres implements AutoCloseable {
    private final Path directory;
    private final Process process;
    private final int port;

    private LocalPostgres(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /// Starts one in a directory of its own that [#close] removes, or skips the test.
    static LocalPostgres start() throws Exception {
        var binaries = binaries();
        assumeTrue(binaries.isPresent(), "no PostgreSQL server is installed below /usr/lib/postgresql");
        var directory = Files.createTempDirectory("plimsoll-postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var data = directory.resolve("data").toString();
        var log = directory.resolve("log");
        var init = run(log, List.of(binaries.get().resolve("initdb").toString(), "-D", data, "-U", "postgres", "-A",
                "trust", "-N", "--no-locale", "-E", "UTF8"));
        if (init.waitFor() != 0) {
            throw new IOException(Files.readString(log));
        }
        var port = freePort();
        var server = new LocalPostgres(directory,
                run(log, List.of(binaries.get().resolve("postgres").toString(), "-D", data, "-p",
                        String.valueOf(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                        "-c",
                        "fsync=off", "-c", "shared_buffers=32MB")),
                port);
        server.awaitReady(log);
        return server;
    }

    private static Optional<Path> binaries() throws IOException {
        var versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (var found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve(
                    "postgres"))).max(Comparator.naturalOrder());
        }
    }

    private static Process run(Path log, List<String> command) throws IOException {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        words.addAll(command);
        return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log
                .toFile())).start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path log) throws Exception {
        for (var time = 0; time < 300; time++) {
            try {
                new JobQueue(source()).install();
                return;
            } catch (SQLException starting) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        close();
        throw new IOException(Files.readString(log));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    DataSource source() {
        var source = new PGSimpleDataSource();
        source.setUrl(url());
        return source;
    }

    /// The only value that a query gives, as text.
    String ask(String query) throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    @Override
    public void close() {
        // As `pg_ctl stop -m fast` does.
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly()).join();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
