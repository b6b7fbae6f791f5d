package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.FreePorts;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Shell;
import dev.plimsoll.run.Started;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.NativeProcess;
import dev.plimsoll.run.State.PublishedPort;
import dev.plimsoll.run.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs the services of a rendered stack that Plimsoll can run as processes, all of them or none.
///
/// @param inventory the user's Compose files with the rendered one over them
public record NativeUp(RenderedStack stack, Inventory inventory, Credentials credentials) {
    private static final int LOG_LINES = 20;
    private static final Path FOR_ROOT = Path.of("/var/lib/plimsoll");

    /// What would be done, in order.
    public List<String> script(Shell shell) {
        var confinement = Confinement.here(stack.project());
        var lines = new ArrayList<>(List.of("# " + confinement.description()));
        for (var service : runnable()) {
            var task = task(service, shell, List.of());
            var program = program(service).orElseThrow();
            var words = program.words(task, Binaries.here(shell, false));
            var scope = confinement instanceof Confinement.Scope found
                    ? found.cell(service).words()
                    : List.<String>of();
            lines.add("# " + service.name() + ": limit " + service.limit() + ", files in " + task.home());
            confinement.directories(service).reversed().forEach(directory -> lines.add("mkdir -p " + directory));
            var account = program instanceof CommandProgram ? List.<String>of() : task.account().words();
            lines.add(Stream.of(scope, account, words).flatMap(List::stream)
                    .collect(Collectors.joining(" ")));
        }
        notRun().forEach(reason -> lines.add("# not run: " + reason));
        return lines.stream().distinct().toList();
    }

    private NativeTask task(LockedService service, Shell shell, List<PublishedPort> neighbours) {
        return new NativeTask(stack, service, environment(service), home().resolve(service.name()),
                FreePorts.pick(1).getFirst(), neighbours, Account.here(), shell);
    }

    /// @param longest how long each service may take until it answers
    public Started run(LocalShell shell, Duration longest) {
        var before = State.read(stack);
        if (before.isPresent() && before.get().processes().stream().allMatch(Processes::isAlive)
                && before.get().processes().size() == runnable().size()) {
            return new Started(new NativeRuntime(stack, before.get(), credentials).containers(), List.of(), notRun(),
                    List.of("All of it ran already."));
        }
        before.ifPresent(old -> endBefore(shell, old));
        if (runnable().isEmpty()) {
            throw new EnvironmentException("No service of this stack runs without containers: Plimsoll runs Postgres "
                    + "and Redis as processes, and what has a command in x-plimsoll.native", "Use Docker");
        }
        var running = new Running(new State(State.Kind.NATIVE, stack.project(), List.of(), List.of(), List.of(),
                home().toString()));
        var keepData = Files.exists(home());
        var left = new ArrayList<String>();
        Started started;
        try (var undo = new Undo(shell::close, () -> left.addAll(takeDown(running, keepData)))) {
            started = start(shell, running, longest);
            if (started.succeeded()) {
                undo.keep();
            }
        }
        if (started.succeeded()) {
            State.forgetKept(stack, State.Kind.NATIVE);
        }
        return started.leaving(left);
    }

    private static void endBefore(Shell shell, State old) {
        var left = new NativeDown(shell).end(old, true);
        if (!left.isEmpty()) {
            throw new EnvironmentException("What was started before cannot be ended: " + String.join(", ", left),
                    "Run `plimsoll down`, or end it by hand");
        }
    }

    /// What runs so far; the interrupted program ends exactly that.
    private static final class Running {
        private State state;

        Running(State state) {
            this.state = state;
        }
    }

    private Started start(LocalShell shell, Running running, Duration longest) {
        var confinement = Confinement.here(stack.project());
        var notes = new ArrayList<String>();
        if (confinement instanceof Confinement.None) {
            notes.add("The " + confinement.description() + ".");
        }
        runnable().stream().filter(service -> service.replicas() > 1).forEach(service -> notes.add("Of " + service
                .name() + " one process runs in place of " + service.replicas() + " containers."));
        for (var service : runnable()) {
            try {
                var failed = start(shell, running, confinement, service, longest, notes);
                if (failed.isPresent()) {
                    return new Started(List.of(), List.of(failed.get()), notRun(), notes);
                }
            } catch (IOException unwritable) {
                throw Account.unwritable(home().resolve(service.name()));
            }
        }
        return new Started(new NativeRuntime(stack, running.state, credentials).containers(), List.of(), notRun(),
                notes);
    }

    private Optional<Started.Problem> start(LocalShell shell, Running running, Confinement confinement,
            LockedService service, Duration longest, List<String> notes) throws IOException {
        var program = program(service).orElseThrow();
        Account.passable(home());
        var task = task(service, shell, running.state.ports());
        var launch = program.prepare(task);
        notes.addAll(launch.notes());
        var log = home().resolve(service.name() + ".log");
        Files.deleteIfExists(log);
        synchronized (running) {
            running.state = running.state.withCgroups(confinement.directories(service));
            running.state.write(stack);
            shell.refuseWhenClosed();
            var pid = Processes.start(launch.confined(confinement.cell(service)), launch.place(), log);
            running.state = running.state.with(new NativeProcess(service.name(), pid,
                    Processes.identity(pid).orElse(""), launch.stopSignal(), Clock.systemUTC().millis(),
                    launch.program(), launch.words(), launch.environment()),
                    launch.target() == 0
                            ? Optional.empty()
                            : Optional.of(new PublishedPort(service.name(), launch.target(), "tcp", launch.port())));
            running.state.write(stack);
        }
        var process = running.state.processes().getLast();
        var until = System.nanoTime() + longest.toNanos();
        while (!program.isReady(launch)) {
            if (!Processes.isAlive(process) || System.nanoTime() > until) {
                return Optional.of(new Started.Problem(service.name() + (Processes.isAlive(process)
                        ? " does not answer after " + longest.toSeconds() + " s"
                        : " ended at once"), lastLines(log)));
            }
            Processes.pause();
        }
        notes.addAll(program.complete(task, launch));
        return Optional.empty();
    }

    /// @param keepData whether there was data before this start
    /// @return what is left
    private List<String> takeDown(Running running, boolean keepData) {
        synchronized (running) {
            try (var shell = new LocalShell()) {
                var left = new NativeDown(shell).end(running.state, keepData);
                if (left.isEmpty() && keepData) {
                    running.state.keepData(stack);
                } else if (left.isEmpty()) {
                    State.remove(stack);
                }
                return left;
            }
        }
    }

    /// Servers first, then commands, each after what it depends on.
    private List<LockedService> runnable() {
        var services = stack.lock().services().stream().filter(service -> service.replicas() > 0
                && program(service).isPresent()).toList();
        var ordered = new LinkedHashMap<String, LockedService>();
        services.stream().filter(service -> NativeProgram.of(service).isPresent())
                .forEach(service -> ordered.put(service.name(), service));
        services.forEach(service -> add(service, services, ordered, new HashSet<>()));
        return List.copyOf(ordered.values());
    }

    private void add(LockedService service, List<LockedService> all, Map<String, LockedService> ordered,
            Set<String> waiting) {
        if (ordered.containsKey(service.name()) || !waiting.add(service.name())) {
            return;
        }
        inventory.named(service.name()).stream().flatMap(known -> known.service().dependencies().stream())
                .flatMap(needed -> all.stream().filter(other -> other.name().equals(needed.service())))
                .forEach(needed -> add(needed, all, ordered, waiting));
        ordered.put(service.name(), service);
    }

    private Optional<NativeProgram> program(LockedService service) {
        return inventory.named(service.name()).filter(known -> !known.hints().nativeCommand().isEmpty())
                .<NativeProgram>map(known -> CommandProgram.of(known.service(), known.hints().nativeCommand()))
                .or(() -> NativeProgram.of(service));
    }

    private List<String> notRun() {
        return stack.lock().services().stream().filter(service -> program(service).isEmpty())
                .map(service -> service.name() + ": " + service.kind() + " needs a container").toList();
    }

    private Map<String, String> environment(LockedService service) {
        var environment = new LinkedHashMap<String, String>();
        inventory.named(service.name()).ifPresent(known -> known.service().environment()
                .forEach((name, value) -> environment.put(name, value.value())));
        return environment;
    }

    /// Where another account has to get in, outside the user's directory.
    private Path home() {
        return Account.here().user().isEmpty()
                ? stack.stateDirectory().resolve("native")
                : FOR_ROOT.resolve(stack.project() + "-" + Integer.toHexString(stack.directory().hashCode()));
    }

    private static List<String> lastLines(Path log) throws IOException {
        var lines = Files.isRegularFile(log) ? Files.readAllLines(log) : List.<String>of();
        return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    }
}
