package dev.plimsoll.runtime.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/// A real Redis or Valkey on a free port of the loopback, for one test class.
public final class RedisServer implements AutoCloseable {
    /// Which program; a class that tests both has a constructor with one.
    public enum Kind {
        REDIS("redis-server"), VALKEY("valkey-server");

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        /// Itself, or skips the test where it is not installed: in a constructor, before anything is set up.
        public Kind installed() {
            assumeTrue(path().isPresent(), program + " is not on the PATH, and PLIMSOLL_" + name()
                    + "_SERVER does not name it");
            return this;
        }

        /// The one named in the environment, else on the PATH.
        private Optional<String> path() {
            return Stream
                    .concat(Stream.ofNullable(System.getenv("PLIMSOLL_" + name() + "_SERVER")).map(Path::of), Stream
                            .of(System.getenv("PATH").split(":")).map(directory -> Path.of(directory, program)))
                    .filter(
                            Files::isExecutable)
                    .map(Path::toString).findFirst();
        }
    }

    private final String program;
    private final int port;
    private final Path directory;
    private final List<String> settings;
    private Process process;

    private RedisServer(String program, List<String> settings) throws IOException {
        this.program = program;
        this.settings = settings;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        directory = Files.createTempDirectory("plimsoll-redis");
        process = launch();
    }

    /// Starts Redis, or Valkey where only that is installed, or skips the test.
    public static RedisServer start() {
        return start(Kind.VALKEY.path().isPresent() && Kind.REDIS.path().isEmpty() ? Kind.VALKEY : Kind.REDIS);
    }

    /// Starts one, or skips the test where it is not installed.
    public static RedisServer start(Kind kind, String... settings) {
        var program = kind.installed().path();
        try {
            return new RedisServer(program.orElseThrow(), List.of(settings));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(List.of(program, "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save",
                "", "--appendonly", "no", "--dir", directory.toString(), "--dbfilename", "dump.rdb"));
        command.addAll(settings);
        var launched = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("log")
                .toFile()).start();
        for (var attempt = 0; attempt < 500; attempt++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected() && launched.isAlive()) {
                    return launched;
                }
            } catch (IOException notYet) {
                sleep(10);
            }
        }
        throw new IllegalStateException(program + " did not start: " + Files.readString(directory.resolve("log")));
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// Something done over a connection of its own.
    public <T> T with(Function<RedisCommands<String, String>, T> work) {
        try (var client = RedisClient.create(uri()); var connection = client.connect()) {
            return work.apply(connection.sync());
        }
    }

    /// As a crash does: nothing is saved.
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public void restart() {
        try {
            process = launch();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// It neither answers nor closes connections.
    public void hang() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        signal(process, name);
    }

    public static void signal(Process process, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(directory)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
