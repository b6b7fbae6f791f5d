package dev.plimsoll.run;

import dev.plimsoll.store.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What `up` started and `down` must end, kept in the rendered directory.
///
/// @param runtime how the stack runs
/// @param project name of the Compose project
/// @param ports free ports of this machine, so that starting again does not change them
/// @param processes native processes, in the order they were started
/// @param cgroups directories made for them, inner ones first
/// @param data directory with their data and logs; empty for containers
/// @param limits whether anything holds the processes to their limits
public record State(Kind runtime, String project, List<PublishedPort> ports, List<NativeProcess> processes,
        List<String> cgroups, String data, Limits limits) {
    private static final String FILE = "state.json";

    public State {
        ports = List.copyOf(ports);
        processes = List.copyOf(processes);
        cgroups = List.copyOf(cgroups);
    }

    /// How a stack runs.
    public enum Kind {
        DOCKER, NATIVE
    }

    /// Found out when the stack is started: who looks later may do so from somewhere else.
    ///
    /// @param description for reports: `limits by cgroup v1`, `limits are not enforced on this machine: ...`
    public record Limits(boolean enforced, String description) {
        /// The engine's containers say themselves.
        private static final Limits OF_CONTAINERS = new Limits(true, "limits by the engine");
    }

    /// @param target port inside the stack
    /// @param published port on the loopback interface
    /// @param host its address there
    public record PublishedPort(String service, int target, String protocol, int published, String host) {
        public PublishedPort {
            // States of earlier versions name none.
            host = Objects.requireNonNullElse(host, FreePorts.LOOPBACK);
        }

        public PublishedPort(String service, int target, String protocol, int published) {
            this(service, target, protocol, published, FreePorts.LOOPBACK);
        }
    }

    /// @param identity tells the process from a later one with the same pid; see [Processes#identity]
    /// @param stopSignal what ends it in good order
    /// @param startedAt milliseconds since 1970
    /// @param program name and version
    /// @param command as run
    /// @param environment what its container would know: user, password, database
    public record NativeProcess(String service, long pid, String identity, String stopSignal, long startedAt,
            String program, List<String> command, Map<String, String> environment) {
        public NativeProcess {
            command = List.copyOf(command);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        }
    }

    public static State docker(String project, List<PublishedPort> ports) {
        return new State(Kind.DOCKER, project, ports, List.of(), List.of(), "", Limits.OF_CONTAINERS);
    }

    /// With a process in place of an earlier one of the same service.
    public State with(NativeProcess process, Optional<PublishedPort> port) {
        var allProcesses = new ArrayList<>(processes.stream().filter(one -> !one.service().equals(process.service()))
                .toList());
        allProcesses.add(process);
        var allPorts = new ArrayList<>(ports.stream().filter(one -> !one.service().equals(process.service()))
                .toList());
        port.ifPresent(allPorts::add);
        return new State(runtime, project, allPorts, allProcesses, cgroups, data, limits);
    }

    /// The part of it that these services are, without what they share with others.
    public State only(Set<String> services) {
        return new State(runtime, project, ports.stream().filter(port -> services.contains(port.service())).toList(),
                processes.stream().filter(process -> services.contains(process.service())).toList(),
                cgroups.stream().filter(directory -> owner(directory).filter(services::contains).isPresent()).toList(),
                data, limits);
    }

    /// The same after these services have ended.
    public State afterEndOf(Set<String> services) {
        return new State(runtime, project, ports, processes, cgroups.stream().filter(directory -> owner(directory)
                .filter(services::contains).isEmpty()).toList(), data, limits);
    }

    /// Cgroups of its own that a service was started in.
    public List<String> cgroups(String service) {
        return only(Set.of(service)).cgroups();
    }

    /// The service that a cgroup is for; empty for the one around all of them.
    private static Optional<String> owner(String cgroup) {
        var path = Path.of(cgroup);
        return Optional.ofNullable(path.getParent()).filter(parent -> String.valueOf(parent.getFileName()).startsWith(
                "plimsoll-")).map(_ -> String.valueOf(path.getFileName()));
    }

    public State withCgroups(List<String> directories) {
        var all = new ArrayList<>(directories);
        all.addAll(cgroups);
        return new State(runtime, project, ports, processes, all.stream().distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList(), data, limits);
    }

    /// What was started from a rendered directory; empty when nothing was.
    ///
    /// @throws EnvironmentException when the file is there and cannot be read
    public static Optional<State> read(RenderedStack stack) {
        return read(file(stack));
    }

    /// What was ended without its data; empty when nothing was.
    ///
    /// @throws EnvironmentException when the file is there and cannot be read
    public static Optional<State> kept(RenderedStack stack, Kind runtime) {
        return read(keptFile(stack, runtime));
    }

    private static Optional<State> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonMapper.shared().readValue(Files.readString(file), State.class));
        } catch (IOException | JacksonException unreadable) {
            throw new EnvironmentException(file + ": what runs cannot be read from this file",
                    "End what it lists by hand and remove it");
        }
    }

    /// Written whole or not at all, for its owner only.
    public void write(RenderedStack stack) {
        write(stack, file(stack));
    }

    private void write(RenderedStack stack, Path file) {
        try {
            privateDirectory(stack.stateDirectory());
            WholeFile.write(file, JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this)
                    + "\n", "rw-------");
        } catch (IOException failed) {
            throw new EnvironmentException(file + ": this file cannot be written", "Check the directory");
        }
    }

    /// Nothing runs any more, and the data is still there.
    public void keepData(RenderedStack stack) {
        new State(runtime, project, ports, List.of(), List.of(), data, limits).write(stack, keptFile(stack, runtime));
        remove(stack);
    }

    /// Nothing runs any more.
    public static void remove(RenderedStack stack) {
        remove(file(stack));
    }

    /// Kept data is gone, or runs again.
    public static void forgetKept(RenderedStack stack, Kind runtime) {
        remove(keptFile(stack, runtime));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new EnvironmentException(file + ": this file cannot be removed", "Check the directory");
        }
    }

    /// Makes a directory that only its owner may enter.
    static Path privateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path file(RenderedStack stack) {
        return stack.stateDirectory().resolve(FILE);
    }

    private static Path keptFile(RenderedStack stack, Kind runtime) {
        return stack.stateDirectory().resolve("kept-" + runtime.name().toLowerCase(Locale.ROOT) + ".json");
    }
}
