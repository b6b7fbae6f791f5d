package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.run.AtEnd;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Shell;
import dev.plimsoll.run.Started;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.NativeProcess;
import dev.plimsoll.run.State.PublishedPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs the services of a rendered stack that Plimsoll can run as processes, all of them or none.
///
/// @param inventory the user's Compose files with the rendered one over them
public record NativeUp(RenderedStack stack, Inventory inventory, Credentials credentials) {
    private static final int LOG_LINES = 20;
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final Path FOR_ROOT = Path.of("/var/lib/plimsoll");

    /// What would be done, in order.
    public List<String> script(Shell shell) {
        var confinement = Confinement.here(stack.project());
        var lines = new ArrayList<>(List.of("# " + confinement.description()));
        var ports = new NativePorts(roster()).pick(NativePorts.before(stack), State.read(stack));
        for (var service : roster().inOrder()) {
            var task = task(service, shell, ports);
            var program = roster().program(service).orElseThrow();
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
        roster().notRun().forEach(reason -> lines.add("# not run: " + reason));
        return lines.stream().distinct().toList();
    }

    private Roster roster() {
        return new Roster(stack.lock(), inventory);
    }

    private NativeTask task(LockedService service, Shell shell, List<PublishedPort> ports) {
        return new NativeTask(stack, service, inventory, home().resolve(service.name()), ports, Account.here(), shell);
    }

    /// @param longest how long each service may take until it answers
    public Started run(LocalShell shell, Duration longest) {
        var before = State.read(stack);
        if (before.filter(this::allRan).isPresent()) {
            return new Started(new NativeRuntime(stack, before.get(), credentials).containers(), List.of(),
                    roster().notRun(),
                    List.of("All of it ran already." + renderedSince(before.get())));
        }
        if (roster().inOrder().isEmpty()) {
            throw new EnvironmentException("No service of this stack runs without containers: Plimsoll runs Postgres "
                    + "and Redis as processes, and what has a command in x-plimsoll.native", "Use Docker");
        }
        var earlier = NativePorts.before(stack);
        var kept = before.map(old -> kept(shell, old));
        var confinement = Confinement.here(stack.project());
        var running = new Running(confinement, kept, new NativePorts(roster()).pick(earlier, kept),
                new State(State.Kind.NATIVE, stack.project(),
                        List.of(), List.of(), List.of(), home().toString(), confinement.limits()));
        refuseForeign(confinement, running);
        var keepData = Files.exists(home());
        var left = new ArrayList<String>();
        Started started;
        try (var takingDown = new AtEnd(shell::close, () -> left.addAll(takeDown(running, keepData)))) {
            started = start(shell, running, longest);
            if (started.succeeded()) {
                takingDown.skip();
            } else if (takingDown.isInterrupted()) {
                // What ends by that has not failed.
                started = new Started(List.of(), List.of(), started.notRun(), started.notes());
            }
        }
        if (started.succeeded()) {
            State.forgetKept(stack, State.Kind.NATIVE);
        }
        return started.leaving(left);
    }

    /// An earlier start after all of it that does not run, and has not done its work, was ended for good.
    ///
    /// @throws EnvironmentException when something runs under another name, or cannot be ended
    private State kept(Shell shell, State old) {
        var gone = old.processes().stream().filter(process -> !Ending.isFine(old, process)).map(NativeProcess::service)
                .collect(Collectors.toSet());
        var isRenamed = !old.project().equals(stack.project()) || !old.data().equals(home().toString());
        if (isRenamed && old.processes().stream().anyMatch(Processes::isAlive)) {
            throw new EnvironmentException("The stack " + old.project() + " was started from here before it was "
                    + "rendered under another name",
                    "End it first with `plimsoll down`, with --keep-data to keep its "
                            + "data");
        }
        var nothing = isRenamed || gone.size() == old.processes().size();
        var left = new NativeDown(shell).end(nothing ? old : old.only(gone), true);
        if (!left.isEmpty()) {
            throw new EnvironmentException("What was started before cannot be ended: " + String.join(", ", left),
                    "Run `plimsoll down`, or end it by hand");
        }
        return nothing
                ? new State(old.runtime(), stack.project(), List.of(), List.of(), List.of(), home().toString(), old
                        .limits())
                : old.afterEndOf(gone);
    }

    private String renderedSince(State before) {
        return isOfEarlierRendering(before)
                ? " It was rendered again since it was started: `plimsoll down`, then `plimsoll up`, to run what is "
                        + "rendered now."
                : "";
    }

    /// What another directory started under the same name would share its limits with this, and end with it.
    private void refuseForeign(Confinement confinement, Running running) {
        var strangers = roster().inOrder().stream().filter(running::starts)
                .flatMap(service -> confinement.directories(service).stream()).distinct()
                .flatMap(directory -> processesIn(Path.of(directory)).stream()).distinct().sorted().toList();
        if (!strangers.isEmpty()) {
            throw new EnvironmentException("A stack called " + stack.project() + " that was started from elsewhere "
                    + "runs already: " + strangers.stream().map(String::valueOf).collect(Collectors.joining(", ",
                            strangers.size() == 1 ? "process " : "processes ", "")),
                    "End it with `plimsoll down` where it was started, or end these processes by hand; or render this "
                            + "one under another --project-name");
        }
    }

    private static List<Long> processesIn(Path cgroup) {
        try {
            return Files.readAllLines(cgroup.resolve("cgroup.procs")).stream().map(Long::valueOf).toList();
        } catch (IOException | NumberFormatException none) {
            return List.of();
        }
    }

    /// A rendering that changes nothing writes no lock.
    private boolean isOfEarlierRendering(State before) {
        try {
            var rendered = Files.getLastModifiedTime(stack.directory().resolve(Lock.FILE_NAME)).toMillis();
            return before.processes().stream().anyMatch(process -> process.startedAt() < rendered);
        } catch (IOException unknown) {
            return false;
        }
    }

    /// Whether all that can run does, or has done its work.
    private boolean allRan(State before) {
        return roster().inOrder().stream()
                .allMatch(service -> before.processes().stream().anyMatch(process -> process.service()
                        .equals(service.name()) && Ending.isFine(before, process)));
    }

    /// What runs so far; the interrupted program ends exactly what was started now.
    private static final class Running {
        private final Confinement confinement;
        private final Set<String> kept;
        private final List<PublishedPort> ports;
        private final Map<String, Process> started = new HashMap<>();
        private State state;

        /// @param kept an earlier start, some of which may run still
        /// @param ports where each service is to listen
        /// @param fresh what is known of a start without an earlier one
        Running(Confinement confinement, Optional<State> kept, List<PublishedPort> ports, State fresh) {
            this.confinement = confinement;
            this.kept = kept.stream()
                    .flatMap(old -> old.processes().stream().filter(process -> Ending.isFine(old, process)))
                    .map(NativeProcess::service).collect(Collectors.toCollection(LinkedHashSet::new));
            this.ports = ports;
            this.state = kept.filter(_ -> !this.kept.isEmpty()).orElse(fresh);
        }

        boolean starts(LockedService service) {
            return !kept.contains(service.name());
        }
    }

    private Started start(LocalShell shell, Running running, Duration longest) {
        var notes = new ArrayList<String>();
        if (!running.confinement.limits().enforced()) {
            notes.add("The " + running.confinement.description() + ".");
        }
        roster().inOrder().stream().filter(service -> service.replicas() > 1)
                .forEach(service -> notes.add("Of " + service
                        .name() + " one process runs in place of " + service.replicas() + " containers."));
        if (!running.kept.isEmpty()) {
            notes.add("Running already, and left as it is: " + String.join(", ", running.kept) + "." + renderedSince(
                    running.state));
        }
        synchronized (running) {
            shell.refuseWhenClosed();
            // Before anything is made, so that `down` removes it whatever happens.
            running.state.write(stack);
        }
        for (var service : roster().inOrder().stream().filter(running::starts).toList()) {
            try {
                var failed = start(shell, running, service, longest, notes);
                if (failed.isPresent()) {
                    return new Started(List.of(), List.of(failed.get()), roster().notRun(), notes);
                }
            } catch (IOException unwritable) {
                throw Account.unwritable(home().resolve(service.name()));
            }
        }
        notes.add("What a service prints is in " + home() + "/SERVICE.log, which grows without bound: `logging` of the "
                + "stack is for the engine.");
        return new Started(new NativeRuntime(stack, running.state, credentials).containers(), endedSince(running),
                roster().notRun(), notes);
    }

    private Optional<Started.Problem> start(LocalShell shell, Running running, LockedService service,
            Duration longest, List<String> notes) throws IOException {
        var program = roster().program(service).orElseThrow();
        var log = log(service.name());
        var ending = Ending.of(running.state, service.name());
        NativeTask task;
        Launch launch;
        // Nothing is made any more where an interruption has removed everything.
        synchronized (running) {
            shell.refuseWhenClosed();
            Account.passable(home());
            task = task(service, shell, running.ports);
            launch = program.prepare(task);
            Files.deleteIfExists(log);
            ending.forget();
        }
        notes.addAll(launch.notes());
        synchronized (running) {
            running.state = running.state.withCgroups(running.confinement.directories(service));
            running.state.write(stack);
            shell.refuseWhenClosed();
            var process = Processes.start(launch.confined(running.confinement.cell(service), Optional.of(ending).filter(
                    _ -> roster().mayEnd(service))), launch.place(), log);
            running.started.put(service.name(), process);
            running.state = running.state.with(new NativeProcess(service.name(), process.pid(),
                    Processes.identity(process.pid()).orElse(""), launch.stopSignal(), Clock.systemUTC().millis(),
                    launch.program(), launch.words(), launch.environment()),
                    launch.at());
            running.state.write(stack);
        }
        var process = running.state.processes().getLast();
        var isAwaited = roster().isAwaited(service);
        var until = System.nanoTime() + longest.toNanos();
        while (isAwaited ? !ending.isGood() : !program.isReady(launch) && !ending.isGood()) {
            // In this order, as what it ended with is written before it is gone.
            if (!Processes.isAlive(process) && !ending.isGood()) {
                return Optional.of(ended(running, process));
            }
            if (System.nanoTime() > until) {
                return Optional.of(new Started.Problem(service.name() + (isAwaited
                        ? " has not done its work after "
                        : " does not answer after ") + longest.toSeconds() + " s", lastLines(log)));
            }
            Processes.pause();
        }
        notes.addAll(program.complete(task, launch));
        return Optional.empty();
    }

    /// All of it is looked at once more, and commands for a while: one that listens may still end on what it does next.
    private List<Started.Problem> endedSince(Running running) {
        var until = System.nanoTime()
                + (running.started.keySet().stream().anyMatch(roster()::isCommand) ? QUIET_NANOS : 0);
        while (true) {
            var problems = running.state.processes().stream().filter(process -> roster().inOrder().stream().anyMatch(
                    service -> service.name().equals(process.service())))
                    .filter(process -> !Ending.isFine(running.state, process))
                    .map(process -> ended(running, process)).toList();
            if (!problems.isEmpty() || System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
                return problems;
            }
            Processes.pause();
        }
    }

    private Started.Problem ended(Running running, NativeProcess process) {
        var service = process.service();
        var code = Ending.of(running.state, service).code().or(() -> Optional.ofNullable(running.started.get(service))
                .flatMap(NativeUp::code));
        return new Started.Problem(service + code.map(known -> " ended with " + known).orElse(" has ended") + (OomKills
                .of(running.state, service) > 0 ? ", killed for want of memory" : ""), lastLines(log(service)));
    }

    private static Optional<Integer> code(Process process) {
        try {
            return process.waitFor(1, TimeUnit.SECONDS) ? Optional.of(process.exitValue()) : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Path log(String service) {
        return home().resolve(service + ".log");
    }

    /// @param keepData whether there was data before this start
    /// @return what is left
    private List<String> takeDown(Running running, boolean keepData) {
        synchronized (running) {
            try (var shell = new LocalShell()) {
                if (!running.kept.isEmpty()) {
                    var left = new NativeDown(shell).end(running.state.only(running.started.keySet()), true);
                    if (left.isEmpty()) {
                        running.state.afterEndOf(running.started.keySet()).write(stack);
                    }
                    return left;
                }
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

    /// Where another account has to get in, outside the user's directory.
    private Path home() {
        return Account.here().user().isEmpty()
                ? stack.stateDirectory().resolve("native")
                : FOR_ROOT.resolve(stack.project() + "-" + Integer.toHexString(stack.directory().hashCode()));
    }

    private static List<String> lastLines(Path log) {
        try {
            var lines = Files.isRegularFile(log)
                    ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList()
                    : List.<String>of();
            return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of(log + ": this log cannot be read");
        }
    }
}
