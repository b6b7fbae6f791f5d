package dev.plimsoll.sample;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// PostgreSQL and Redis of this machine, on free ports of the loopback interface, for one test class.
public final class Servers implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final Path directory;
    final int postgres = freePort();
    final int redis = freePort();

    public Servers(Path directory) throws IOException {
        this.directory = directory;
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    public String databaseUrl() {
        return "postgres://postgres@127.0.0.1:" + postgres + "/postgres";
    }

    String redisUrl() {
        return "redis://127.0.0.1:" + redis;
    }

    public Servers startPostgres() throws IOException, InterruptedException {
        var installed = Path.of("/usr/lib/postgresql");
        assumeTrue(Files.isDirectory(installed), "no PostgreSQL server is installed below " + installed);
        try (var versions = Files.list(installed)) {
            var binaries = versions.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve(
                    "postgres"))).max(Comparator.naturalOrder());
            assumeTrue(binaries.isPresent(), "no PostgreSQL server is installed below " + installed);
            var data = directory.resolve("data").toString();
            if (unprivileged(binaries.get().resolve("initdb").toString(), "-D", data, "-U", "postgres", "-A", "trust",
                    "-N", "--no-locale", "-E", "UTF8").waitFor() != 0) {
                throw new IOException(Files.readString(directory.resolve("log")));
            }
            processes.add(await(unprivileged(binaries.get().resolve("postgres").toString(), "-D", data, "-p", String
                    .valueOf(postgres), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
                    "fsync=off", "-c", "shared_buffers=32MB"), postgres));
        }
        awaitClients();
        return this;
    }

    Servers startRedis(String... settings) throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path,
                "redis-server"))), "redis-server is not on the PATH");
        var command = Stream.of("redis-server", "--port", String.valueOf(redis), "--bind", "127.0.0.1", "--save", "",
                "--dir", directory.toString());
        processes.add(await(start(Stream.concat(command, Stream.of(settings)).toArray(String[]::new)), redis));
        return this;
    }

    void stopRedis() throws InterruptedException {
        processes.removeLast().destroyForcibly().waitFor();
    }

    private Process unprivileged(String... command) throws IOException {
        return System.getProperty("user.name").equals("root")
                ? start(Stream.concat(Stream.of("setpriv",
                        "--reuid=nobody", "--regid=nogroup", "--clear-groups"), Stream.of(command))
                        .toArray(String[]::new))
                : start(command);
    }

    private Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(
                directory.resolve("log").toFile())).start();
    }

    private Process await(Process process, int port) throws IOException, InterruptedException {
        for (var time = 0; time < 600 && process.isAlive(); time++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return process;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("a server did not start: " + Files.readString(directory.resolve("log")));
    }

    /// A server takes connections some time before it takes clients.
    private void awaitClients() throws IOException, InterruptedException {
        for (var time = 0; time < 600; time++) {
            try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + postgres + "/postgres",
                    "postgres", "")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("a server did not start: " + Files.readString(directory.resolve("log")));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException("no port is free", none);
        }
    }

    @Override
    public void close() {
        processes.forEach(process -> {
            // Asked politely, PostgreSQL waits for its clients to leave.
            process.destroyForcibly().onExit().join();
        });
        processes.clear();
    }
}
