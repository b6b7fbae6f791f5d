package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.docker.Compose;
import dev.plimsoll.run.docker.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A rendered stack of a test, with a name that no other run has.
record LiveStack(Path directory, String name) {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    static LiveStack of(Path directory, String compose) throws IOException {
        return of(directory, compose, "2GB");
    }

    static LiveStack of(Path directory, String compose, String memory, String... options) throws IOException {
        var name = "plt" + ProcessHandle.current().pid() + "x" + Math.abs(directory.hashCode() % 10_000);
        Files.writeString(directory.resolve("compose.yml"), "name: " + name + "\n" + compose);
        var words = Stream.concat(Stream.of("render", directory, "--memory=" + memory), Stream.of(options));
        var rendered = Run.of(words.toArray());
        assertThat(rendered.code()).as(rendered.err()).isZero();
        return new LiveStack(directory, name);
    }

    /// Skips the test where no engine answers or an image is missing.
    static void assumeEngine(String... images) {
        try (var shell = new LocalShell()) {
            assumeTrue(Engine.find(shell).isPresent(), "no Docker Engine answers");
            assumeTrue(Compose.find(shell, System.getenv()).isPresent(), "there is no Docker Compose");
            for (var image : images) {
                assumeTrue(shell.run(Command.of("docker", "image", "inspect", image)).succeeded(), "the engine has no "
                        + "image " + image);
            }
        }
    }

    Path rendered() {
        return directory.resolve("plimsoll");
    }

    /// Containers, networks and volumes of its project.
    List<String> left() {
        var left = new ArrayList<String>();
        try (var shell = new LocalShell()) {
            for (var sort : List.of("container", "network", "volume")) {
                var command = Command.of("docker", sort, "ls", "-q", "--filter", "label=com.docker.compose.project="
                        + name + "-plimsoll");
                shell.run(sort.equals("container") ? command.and("-a") : command).out().lines()
                        .forEach(id -> left.add(sort + " " + id));
            }
        }
        return left;
    }

    /// `plimsoll` as a process of its own, which heeds Ctrl-C even when these tests were told to ignore it.
    Process start(String... words) throws IOException {
        var all = new ArrayList<>(List.of("env", "--default-signal=INT", Path.of(System.getProperty("java.home"), "bin",
                "java").toString(), "-cp", System.getProperty("java.class.path"), "dev.plimsoll.cli.Main"));
        all.addAll(List.of(words));
        return new ProcessBuilder(all).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile()).start();
    }

    static void signal(Process process, String name) {
        try (var shell = new LocalShell()) {
            assertThat(shell.run(Command.of("kill", "-" + name, String.valueOf(process.pid()))).succeeded()).isTrue();
        }
    }

    static void await(Process process, BooleanSupplier condition) throws InterruptedException {
        var until = System.nanoTime() + LONGEST_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive()).as("it ended too early").isTrue();
            assertThat(System.nanoTime()).as("it took too long").isLessThan(until);
            Thread.sleep(20);
        }
    }
}
