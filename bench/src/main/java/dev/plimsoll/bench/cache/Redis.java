package dev.plimsoll.bench.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A redis-server of our own on a free port of the loopback, without persistence.
final class Redis implements AutoCloseable {
    private static final int ATTEMPTS = 500;
    private static final int PAUSE = 10;

    private final Path directory;
    private final Process process;
    private final int port;

    private Redis(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    static Redis start() throws IOException, InterruptedException {
        var port = freePort();
        var directory = Files.createTempDirectory("plimsoll-bench");
        var process = new ProcessBuilder("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--dir", directory.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile()).start();
        var redis = new Redis(directory, process, port);
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return redis;
                }
            } catch (IOException _) {
                TimeUnit.MILLISECONDS.sleep(PAUSE);
            }
        }
        redis.close();
        throw new IOException("redis-server does not answer");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    StatefulRedisConnection<String, String> connect(RedisClient client) {
        return client.connect(io.lettuce.core.RedisURI.create(uri()));
    }

    @Override
    public void close() throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(directory)) {
            for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    /// Another process with the same class path.
    static Process java(Class<?> program, List<String> arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                program
                        .getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
