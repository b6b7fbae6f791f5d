package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.docker.Compose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An example as its author wrote it, in a project of its own and without published ports.
record OriginalStack(Path directory, String file, String name) implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Pattern NAME = Pattern.compile("^name: .*$", Pattern.MULTILINE);
    private static final Pattern PORTS = Pattern.compile("^    ports:\\n(?:      .*\\n)+", Pattern.MULTILINE);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    static OriginalStack copied(String example, String file, Path directory) throws IOException {
        var from = EXAMPLES.resolve(example);
        try (var all = Files.walk(from)) {
            for (var one : all.filter(Files::isRegularFile).toList()) {
                var to = directory.resolve(from.relativize(one).toString());
                Files.createDirectories(to.resolveSibling(""));
                Files.copy(one, to);
            }
        }
        var name = "plx" + ProcessHandle.current().pid() + example.replaceAll("[^a-z]", "");
        var text = Files.readString(directory.resolve(file));
        Files.writeString(directory.resolve(file), PORTS.matcher(NAME.matcher(text).replaceFirst("name: " + name))
                .replaceAll(""));
        return new OriginalStack(directory, file, name);
    }

    /// Rendered, even where it does not fit as declared: then with the cheapest changes that make it fit.
    LiveStack rendered() {
        var render = Run.of("render", directory.resolve(file), "--cpus", "2");
        assertThat(render.code()).as(render.err()).isLessThanOrEqualTo(ExitCode.FAILED);
        assertThat(directory.resolve("plimsoll/plimsoll.lock.yml")).exists();
        return new LiveStack(directory, name);
    }

    private static String run(Command command, boolean mayFail) {
        try (var shell = new LocalShell()) {
            var result = shell.run(command.within(LONGEST));
            assertThat(mayFail || result.succeeded()).as("%s: %s", command, result.reason()).isTrue();
            return result.out() + result.err();
        }
    }

    void compose(String... words) {
        try (var shell = new LocalShell()) {
            run(Command.of(Compose.required(shell, System.getenv()).words()).and("-p", name, "-f",
                    directory.resolve(file).toString()).and(words), false);
        }
    }

    private String container(String service) {
        return name + "-" + service + "-1";
    }

    String inspect(String service, String format) {
        return run(Command.of("docker", "inspect", "-f", format, container(service)), false).strip();
    }

    /// Bytes; zero for none.
    long limit(String service) {
        return Long.parseLong(inspect(service, "{{.HostConfig.Memory}}"));
    }

    long limits(String... services) {
        return Stream.of(services).mapToLong(this::limit).sum();
    }

    String logs(String service) {
        return run(Command.of("docker", "logs", container(service)), false);
    }

    /// What a program in the container prints, whether it succeeds or not.
    String exec(String service, String... words) {
        return run(Command.of("docker", "exec", container(service)).and(words), true);
    }

    String prometheus(String path) {
        return exec("prometheus", "wget", "-q", "-O", "-", "http://127.0.0.1:9090/api/v1/" + path);
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        var until = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it took too long").isLessThan(until);
            Thread.sleep(500);
        }
    }

    @Override
    public void close() {
        compose("down", "--volumes", "--timeout", "5");
        assertThat(List.of(container("postgres"), container("redis"))).allSatisfy(one -> assertThat(run(Command.of(
                "docker", "ps", "-aq", "--filter", "name=" + one), false)).isEmpty());
    }
}
