package dev.plimsoll.cli;

import dev.plimsoll.evidence.EvidenceJson;
import dev.plimsoll.evidence.StartUp;
import dev.plimsoll.report.StackText;
import dev.plimsoll.run.AtEnd;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Exclusive;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Started;
import dev.plimsoll.run.State;
import dev.plimsoll.run.docker.DockerUp;
import dev.plimsoll.run.docker.Engine;
import dev.plimsoll.run.natively.NativeUp;
import dev.plimsoll.store.EvidenceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll up`: the rendered stack in a project of its own.
@Command(name = "up", description = "Bring the rendered stack up in a project of its own, with free ports on the "
        + "loopback interface and data of its own.",
        footer = {"", "Starts everything or nothing: on failure, and when interrupted, what was started is removed "
                + "again. Exits with 1 when a service does not start, with 3 when there is no engine."})
final class UpCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private StackOptions options = new StackOptions();

    @ArgGroup
    private Where where = new Where();

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "120", description = "How long the services may "
            + "take until they are healthy; ${DEFAULT-VALUE} unless named.")
    private int wait = 120;

    @Option(names = "--dry-run", description = "Print what would run, and run nothing.")
    private boolean dryRun;

    /// Where to run.
    static final class Where {
        @Option(names = "--docker", description = "Use the Docker Engine.")
        private boolean docker;

        @Option(names = "--native", description = "Run Postgres, Redis and what has a command in "
                + "x-plimsoll.native as processes of this machine, without containers.")
        private boolean natively;
    }

    @Override
    public Integer call() {
        var stack = options.stack();
        try (var shell = new LocalShell()) {
            return kind(shell, stack) == State.Kind.NATIVE ? natively(shell, stack) : docker(shell, stack);
        }
    }

    /// As asked for; else as it runs already; else in the engine.
    private State.Kind kind(LocalShell shell, RenderedStack stack) {
        var running = State.read(stack).map(State::runtime);
        var wished = where.natively
                ? Optional.of(State.Kind.NATIVE)
                : where.docker ? Optional.of(State.Kind.DOCKER) : Optional.<State.Kind>empty();
        if (wished.isPresent() && running.isPresent() && !wished.equals(running)) {
            throw new EnvironmentException("The stack of " + stack.directory() + " runs already, "
                    + (running.get() == State.Kind.NATIVE ? "as native processes" : "in the Docker Engine"),
                    "End it first with `plimsoll down`");
        }
        return wished.or(() -> running).orElseGet(() -> {
            if (!dryRun) {
                Engine.required(shell);
            }
            return State.Kind.DOCKER;
        });
    }

    private int docker(LocalShell shell, RenderedStack stack) {
        var environment = plimsoll.terminal().environment();
        var up = new DockerUp(stack, StackOptions.inventory(stack, environment),
                StackOptions.credentials(stack, environment), environment);
        if (dryRun) {
            var script = up.script(shell);
            plimsoll.terminal().print("# " + up.overrideFile() + "\n" + script.override() + "\n");
            script.commands().forEach(command -> plimsoll.terminal().print(command + "\n"));
            script.notes().forEach(note -> plimsoll.terminal().print("# " + note + "\n"));
            return ExitCode.FINE;
        }
        return alone(stack, State.Kind.DOCKER, () -> up.run(shell, Duration.ofSeconds(wait)));
    }

    private int natively(LocalShell shell, RenderedStack stack) {
        var environment = plimsoll.terminal().environment();
        var up = new NativeUp(stack, StackOptions.inventory(stack, environment),
                StackOptions.credentials(stack, environment));
        if (dryRun) {
            up.script(shell).forEach(line -> plimsoll.terminal().print(line + "\n"));
            return ExitCode.FINE;
        }
        return alone(stack, State.Kind.NATIVE, () -> up.run(shell, Duration.ofSeconds(wait)));
    }

    private int alone(RenderedStack stack, State.Kind kind, Supplier<Started> up) {
        // Databases that are just being set up take their time to end.
        try (var _ = Exclusive.of(stack);
                var end = new AtEnd(() -> plimsoll.terminal().warn(
                        "interrupted: what did not run before is removed again, which may take a minute"), () -> {
                        })) {
            return report(stack, kind, () -> unlessInterrupted(up, end));
        }
    }

    /// What fails only because it is interrupted is no failure worth a word.
    private static Optional<Started> unlessInterrupted(Supplier<Started> up, AtEnd end) {
        try {
            return Optional.of(up.get()).filter(started -> !started.succeeded() || !end.isInterrupted());
        } catch (EnvironmentException stopped) {
            if (end.isInterrupted()) {
                return Optional.empty();
            }
            throw stopped;
        }
    }

    private int report(RenderedStack stack, State.Kind kind, Supplier<Optional<Started>> up) {
        var ranBefore = State.read(stack).isPresent();
        var begin = System.nanoTime();
        var outcome = up.get();
        if (outcome.isEmpty()) {
            return ExitCode.FAILED;
        }
        var started = outcome.get();
        var seconds = (System.nanoTime() - begin) / 1e9;
        var terminal = plimsoll.terminal();
        for (var problem : started.problems()) {
            terminal.error(problem.what());
            problem.log().forEach(line -> terminal.err().println("  | " + line));
        }
        if (started.succeeded()) {
            terminal.print(StackText.started(stack.project(), started.containers(), started.notRun(),
                    started.notes(), shown(stack.directory())));
        }
        if (started.succeeded() && !ranBefore) {
            record(stack, kind, started, seconds);
        }
        return started.succeeded() ? ExitCode.FINE : ExitCode.FAILED;
    }

    /// It is up, whether that can be written down or not.
    private void record(RenderedStack stack, State.Kind kind, Started started, double seconds) {
        var when = Instant.now();
        var runtime = kind.name().toLowerCase(Locale.ROOT);
        var start = new StartUp(Version.text(), stack.lock().project(), runtime, when, seconds, started.containers()
                .size());
        var _ = Keeper.of(stack, plimsoll.terminal()).keep(EvidenceStore.Kind.START, when, EvidenceJson.text(start),
                ExitCode.FINE);
    }

    private static String shown(Path directory) {
        var here = Path.of("").toAbsolutePath();
        return directory.startsWith(here) ? here.relativize(directory).toString() : directory.toString();
    }
}
