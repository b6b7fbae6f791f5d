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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/// A real Redis or Valkey on a free port of the loopback, for one test class.
public final class RedisServer implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("redis-server", "valkey-server");

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

    /// Starts one, or skips the test where none is installed.
    public static RedisServer start(String... settings) {
        var program = PROGRAMS.stream().flatMap(name -> Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, name))).filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(), "neither redis-server nor valkey-server is on the PATH");
        try {
            return new RedisServer(program.get().toString(), List.of(settings));
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
        throw new IllegalStateException("redis-server did not start: " + Files.readString(directory.resolve("log")));
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
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
