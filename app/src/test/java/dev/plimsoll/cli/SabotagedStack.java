package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.FailedChecks.Failure;
import dev.plimsoll.run.Command;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.docker.Compose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A stack of its own for sabotages, and what somebody with root on the server can do to it.
final class SabotagedStack implements AutoCloseable {
    private static final Path FILES = Path.of("src/test/resources/sabotage");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Duration SETTLED = Duration.ofSeconds(45);

    private final LiveStack stack;
    private final LocalShell shell = new LocalShell();
    /// Files as they were before they were edited.
    private final Map<String, String> originals = new LinkedHashMap<>();

    private SabotagedStack(LiveStack stack) {
        this.stack = stack;
    }

    static SabotagedStack in(Path directory) throws IOException {
        for (var name : List.of("prometheus.yml", "rules.yml", "alertmanager.yml")) {
            Files.copy(FILES.resolve(name), directory.resolve(name));
        }
        return new SabotagedStack(LiveStack.of(directory, Files.readString(FILES.resolve("compose.yml")), "4GB"));
    }

    static SabotagedStack of(LiveStack stack) {
        return new SabotagedStack(stack);
    }

    LiveStack live() {
        return stack;
    }

    List<Failure> failures() {
        return FailedChecks.of(stack.rendered());
    }

    /// After a start the first scrapes of a busy machine may come too late.
    List<Failure> failuresOnceSettled() throws InterruptedException {
        var until = System.nanoTime() + SETTLED.toNanos();
        var failures = failures();
        while (!failures.isEmpty() && System.nanoTime() < until) {
            Thread.sleep(2000);
            failures = failures();
        }
        return failures;
    }

    String container(String service) {
        return stack.name() + "-plimsoll-" + service + "-1";
    }

    String docker(String... words) {
        return run(Command.of("docker").and(words));
    }

    private String run(Command command) {
        var result = shell.run(command.within(LONGEST));
        assertThat(result.succeeded()).as("%s: %s", command, result.reason()).isTrue();
        return result.out();
    }

    /// What may fail, such as a request whose server is killed meanwhile.
    void attempt(String... words) {
        shell.run(Command.of("docker").and(words).within(LONGEST));
    }

    void sql(String... statements) {
        run(Command.of("docker", "exec", "-i", container("db"), "psql", "-q", "-v", "ON_ERROR_STOP=1", "-U", "shop",
                "-d", "shop").withInput(String.join(";\n", statements) + ";\n"));
    }

    void redis(String... words) {
        assertThat(run(Command.of("docker", "exec", container("cache"), "redis-cli").and(words)).strip())
                .as(String.join(" ", words)).isEqualTo("OK");
    }

    /// Edits a file in place, so that mounts of it see the change.
    ///
    /// @param path below the directory of the user's Compose file
    void edit(String path, String old, String changed) throws IOException {
        var text = Files.readString(stack.directory().resolve(path));
        assertThat(text).as(path).contains(old);
        replace(path, text.replace(old, changed));
    }

    void replace(String path, String changed) throws IOException {
        var file = stack.directory().resolve(path);
        originals.putIfAbsent(path, Files.readString(file));
        Files.writeString(file, changed);
    }

    void mode(String path, String permissions) throws IOException {
        Files.setPosixFilePermissions(stack.directory().resolve(path), PosixFilePermissions.fromString(permissions));
    }

    void restore(String path) throws IOException {
        Files.writeString(stack.directory().resolve(path), originals.getOrDefault(path, ""));
    }

    /// Stops the server and starts it again, and waits until it answers.
    void restartCache() {
        restart("cache", "redis-cli");
    }

    void restart(String service, String client) {
        docker("restart", "-t", "5", container(service));
        docker("exec", container(service), "sh", "-c", "until " + client + " ping | grep -q PONG; do sleep 0.1; done");
    }

    /// Prometheus reads its files anew, and has when this returns.
    void reloadRules() {
        docker("exec", container("prometheus"), "wget", "-q", "-O", "-", "--post-data=",
                "http://127.0.0.1:9090/-/reload");
    }

    /// Starts services as another file lays them over the rendered ones.
    void startWith(String override, String... words) throws IOException {
        var file = Files.writeString(stack.directory().resolve("sabotage.yml"), override);
        var rendered = stack.rendered();
        run(Command.of(Compose.required(shell, System.getenv()).words()).and("-p", stack.name() + "-plimsoll",
                "--project-directory", stack.directory().toString(), "--env-file", rendered.resolve(".env").toString(),
                "-f", stack.directory().resolve("compose.yml").toString(), "-f",
                rendered.resolve("compose.plimsoll.yml").toString(), "-f",
                rendered.resolve(".plimsoll/up.yml").toString(), "-f", file.toString(), "up", "-d", "--no-deps")
                .and(words));
    }

    /// What `plimsoll up` mends: missing, stopped and recreated containers.
    void up() {
        var up = Run.of("up", stack.rendered());
        assertThat(up.code()).as(up.err()).isZero();
    }

    /// An address of this machine that other machines' packets do not come to, and that is not loopback.
    String bridgeAddress() {
        return docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", "bridge").strip();
    }

    @Override
    public void close() {
        shell.close();
        var down = Run.of("down", stack.rendered());
        assertThat(down.code()).as(down.out() + down.err()).isZero();
    }
}
