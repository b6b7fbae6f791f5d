package dev.plimsoll.bench.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.plimsoll.runtime.worker.JobKind;
import dev.plimsoll.runtime.worker.JobQueue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// PostgreSQL of Debian's packages on the loopback interface, with the tables of the queue.
final class QueueServer implements AutoCloseable {
    private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

    private final Process process;
    private final Path log;
    private final String url;
    private final HikariDataSource source;

    private QueueServer(Process process, Path log, String url) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        this.log = log;
        this.url = url;
        source = source(url);
    }

    static QueueServer start(Path directory) throws IOException, InterruptedException, SQLException {
        if (!Files.isExecutable(BINARIES.resolve("postgres"))) {
            throw new IllegalStateException("PostgreSQL 15 is not in " + BINARIES
                    + "; on Debian 12: apt-get install postgresql-15");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var log = directory.resolve("postgres.log");
        var data = directory.resolve("data").toString();
        if (run(log, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "--no-locale", "-E", "UTF8")
                .waitFor() != 0) {
            throw new IllegalStateException("initdb failed: " + Files.readString(log));
        }
        var port = freePort();
        // As delivered otherwise: with fsync, as the queue is to be durable.
        var process = run(log, "postgres", "-D", data, "-p", String.valueOf(port), "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=");
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        var server = new QueueServer(process, log, url);
        new JobQueue(server.source).install();
        return server;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process run(Path log, String program, String... arguments) throws IOException {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        words.add(BINARIES.resolve(program).toString());
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log
                .toFile())).start();
    }

    /// Three connections do for any number of slots: a job needs one for a moment before and after.
    static HikariDataSource source(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(3);
        config.setInitializationFailTimeout(TimeUnit.SECONDS.toMillis(60));
        return new HikariDataSource(config);
    }

    HikariDataSource source() {
        return source;
    }

    String url() {
        return url;
    }

    /// Queues so many jobs of the kinds in turns, their numbers as ids.
    void enqueue(List<String> kinds, int jobs, int payload) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (var number = 0; number < jobs; number++) {
                JobQueue.enqueue(connection, JobKind.ofJson(kinds.get(number % kinds.size())), String.valueOf(number),
                        String.valueOf(payload), Instant.now(), 0);
            }
            connection.commit();
        }
    }

    void awaitEmpty() throws SQLException, InterruptedException {
        var queue = new JobQueue(source);
        for (var depth = queue.depth(); depth > 0; depth = queue.depth()) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /// The rows of a query, columns separated by blanks.
    List<String> rows(String query) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                var values = new ArrayList<String>();
                for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(String.valueOf(rows.getString(column)));
                }
                lines.add(String.join(" ", values));
            }
            return lines;
        }
    }

    String value(String query) throws SQLException {
        return rows(query).stream().collect(Collectors.joining(", "));
    }

    /// Server processes that somebody killed.
    long killed() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("terminated by signal 9")).count();
        }
    }

    @Override
    public void close() {
        source.close();
        process.destroy();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly()).join();
    }
}
