package dev.plimsoll.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A program of this machine, run by a test.
final class Program {
    private static final int SECONDS = 60;

    private Program() {}

    /// @param output standard output and error together
    record Finished(int code, String output) {}

    static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv("PATH").concat(":/usr/sbin").split(":"))
                .map(directory -> Path.of(directory, name)).filter(Files::isExecutable).findFirst();
    }

    static Finished run(Map<String, String> environment, List<String> command) {
        try {
            var output = Files.createTempFile("program", ".out");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " takes too long: " + Files.readString(output));
            }
            var text = Files.readString(output);
            Files.delete(output);
            return new Finished(process.exitValue(), text);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    static Finished run(String... command) {
        return run(Map.of(), List.of(command));
    }

    /// The same command for a user who is not root, which servers of databases refuse.
    static List<String> unprivileged(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        var all = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        all.addAll(command);
        return all;
    }

    static Process start(Path log, List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    static void await(Process process, Path log, BooleanSupplier ready) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            while (!ready.getAsBoolean()) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError("the server does not start:\n" + Files.readString(log));
                }
                Thread.sleep(100);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /// Lets every user of the machine work in a directory of a test.
    static Path open(Path directory) {
        try {
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }
}
