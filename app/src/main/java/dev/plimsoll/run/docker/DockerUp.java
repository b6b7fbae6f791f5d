package dev.plimsoll.run.docker;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Container;
import dev.plimsoll.render.OwnProject;
import dev.plimsoll.render.OwnProject.Wanted;
import dev.plimsoll.run.AtEnd;
import dev.plimsoll.run.Command;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.FreePorts;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Shell;
import dev.plimsoll.run.Started;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.PublishedPort;
import dev.plimsoll.run.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Brings a rendered stack up in the Docker Engine, whole or not at all.
///
/// @param inventory the user's Compose files with the rendered one over them
/// @param environment the shell's variables
public record DockerUp(RenderedStack stack, Inventory inventory, Credentials credentials,
        Map<String, String> environment) {
    /// The engine refuses a CPU limit above its own cores with these words.
    private static final String TOO_FEW_CPUS = "Range of CPUs is from";
    private static final int LOG_LINES = 20;
    private static final int COMPOSE_LINES = 8;

    /// What will run, in order.
    ///
    /// @param override text of the file that keeps the stack apart
    /// @param notes what differs from the user's stack
    public record Script(String override, List<Command> commands, List<PublishedPort> ports, List<String> notes) {
        public Script {
            commands = List.copyOf(commands);
            ports = List.copyOf(ports);
            notes = List.copyOf(notes);
        }
    }

    public Path overrideFile() {
        return stack.stateDirectory().resolve("up.yml");
    }

    /// @throws EnvironmentException when Compose is missing or too old
    public Script script(Shell shell) {
        var compose = Compose.required(shell, environment);
        var ports = ports(State.read(stack).map(State::ports).orElse(List.of()));
        var override = OwnProject.of(inventory, ports, stack.directory().toString());
        var services = stack.lock().services().stream().filter(service -> service.replicas() > 0)
                .map(LockedService::name).toList();
        return new Script(override.yaml(), List.of(new DockerStack(stack, compose, overrideFile()).up(services)),
                ports.entrySet().stream().map(port -> new PublishedPort(port.getKey().service(),
                        port.getKey().target(), port.getKey().protocol(), port.getValue())).toList(),
                override.notes());
    }

    /// Ports of the last start are taken again, so that nothing is recreated only because of them.
    private Map<Wanted, Integer> ports(List<PublishedPort> before) {
        var wanted = OwnProject.wanted(inventory);
        var free = FreePorts.pick(wanted.size());
        var ports = new LinkedHashMap<Wanted, Integer>();
        for (var at = 0; at < wanted.size(); at++) {
            var port = wanted.get(at);
            var known = before.stream().filter(old -> old.service().equals(port.service())
                    && old.target() == port.target() && old.protocol().equals(port.protocol())).findFirst();
            ports.put(port, known.map(PublishedPort::published).orElse(free.get(at)));
        }
        return ports;
    }

    /// @param longest how long the services may take until they are healthy
    public Started run(LocalShell shell, Duration longest) {
        State.read(stack).filter(state -> state.runtime() == State.Kind.DOCKER && !state.project().equals(stack
                .project())).ifPresent(DockerUp::refuseRenamed);
        var script = script(shell);
        var runtime = DockerRuntime.open(shell, stack.project(), credentials, environment);
        DockerStack.refuseForeign(shell, stack.project(), stack.directory());
        var earlier = runtime.containers();
        var wasUp = earlier.stream().anyMatch(Container::isRunning);
        var keepData = DockerStack.mayHaveData(shell, stack.project());
        var before = State.read(stack);
        write(script.override());
        State.docker(stack.project(), script.ports()).write(stack);
        var left = new ArrayList<String>();
        Started started;
        try (runtime; var takingDown = new AtEnd(shell::close, () -> {
            // What ran before is left as it is, for a look at it, also when this is interrupted.
            if (!wasUp) {
                left.addAll(takeDown(before, keepData));
            }
        })) {
            started = started(shell, runtime, script, earlier, longest);
            if (started.succeeded()) {
                takingDown.skip();
            }
        }
        if (started.succeeded()) {
            State.forgetKept(stack, State.Kind.DOCKER);
        }
        return started.leaving(left);
    }

    private static void refuseRenamed(State state) {
        throw new EnvironmentException("The project " + state.project() + " was started from here before it was "
                + "rendered under another name",
                "End it first with `plimsoll down`, with --keep-data to keep its data");
    }

    /// @param earlier containers that were there before
    private Started started(Shell shell, DockerRuntime runtime, Script script, List<Container> earlier,
            Duration longest) {
        for (var command : script.commands()) {
            var result = shell.run(command);
            if (!result.succeeded()) {
                var lines = (result.err() + result.out()).strip().lines().toList();
                var said = new Started.Problem(result.err().contains(TOO_FEW_CPUS)
                        ? "The stack was planned for " + stack.lock().host().cpus()
                                + " CPUs, and this engine has fewer; "
                                + "render it with --cpus as many as it has"
                        : "Docker Compose does not start the stack",
                        lines.subList(Math.max(0, lines.size() - COMPOSE_LINES), lines.size()));
                var containers = runtime.containers();
                var failed = containers.stream().filter(one -> one.exitCode().orElse(0) != 0
                        || one.restarts() > 0 || one.health().filter("unhealthy"::equals).isPresent())
                        .map(one -> problem(shell, new Waiting.Failed(one.service(), Optional.of(one),
                                one.health().filter("unhealthy"::equals)
                                        .map(health -> "is unhealthy").orElse("ended with "
                                                + one.exitCode().map(String::valueOf).orElse("an error")))));
                return new Started(containers, Stream.concat(Stream.of(said), failed).toList(), List.of(),
                        script.notes());
            }
        }
        var outcome = new Waiting(runtime, stack.lock(), earlier, Waiting.SLEEP).until(longest);
        return new Started(outcome.containers(), outcome.failed().stream().map(failed -> problem(shell, failed))
                .toList(), List.of(), script.notes());
    }

    private static Started.Problem problem(Shell shell, Waiting.Failed failed) {
        var log = failed.container().map(container -> shell.run(Docker.logs(container.id(), LOG_LINES)))
                .map(result -> (result.out() + result.err()).strip().lines().toList()).orElse(List.of());
        return new Started.Problem(failed.service() + " " + failed.why(),
                log.subList(Math.max(0, log.size() - LOG_LINES), log.size()));
    }

    /// @param before what `up` had started earlier
    /// @param keepData whether there was data before this start
    /// @return what is left
    private List<String> takeDown(Optional<State> before, boolean keepData) {
        try (var shell = new LocalShell()) {
            var left = DockerStack.takeDown(shell, Compose.find(shell, environment), stack.project(), keepData);
            if (left.isEmpty()) {
                before.filter(_ -> keepData).ifPresentOrElse(state -> state.keepData(stack), () -> State.remove(stack));
            }
            return left;
        }
    }

    private void write(String override) {
        try {
            Files.createDirectories(stack.stateDirectory());
            Files.writeString(overrideFile(), override);
        } catch (IOException failed) {
            throw new EnvironmentException(overrideFile() + ": this file cannot be written", "Check the directory");
        }
    }
}
