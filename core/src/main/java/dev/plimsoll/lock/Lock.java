package dev.plimsoll.lock;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A plan as it was rendered, kept beside the rendered files so that the running stack can be held against it.
///
/// @param project name of the Compose project
/// @param composeFiles the user's Compose files, relative to the lock's directory, the override not among them
/// @param envFiles files with variables, relative to the lock's directory, later ones over earlier ones
/// @param composeProfiles profiles of the Compose files that were active
/// @param profile `development`, `staging` or `production`
/// @param host the server planned for
/// @param loadLine what the limits of all containers together may reach
/// @param services in the order of the Compose files
/// @param leftOut names of services that are not run: without a place on the server, or without a container here
/// @param files every rendered file with its checksum, in the order of their paths
public record Lock(String project, List<String> composeFiles, List<String> envFiles, List<String> composeProfiles,
        String profile, Host host, MemorySize loadLine, List<LockedService> services, List<String> leftOut,
        List<LockedFile> files) {
    /// The name of the file in the rendered directory.
    public static final String FILE_NAME = "plimsoll.lock.yml";

    /// Settings about addresses, paths, the container and what the image's build offers, which a process of another
    /// machine has otherwise.
    private static final List<String> ADAPTED = List.of("listen_addresses", "protected-mode", "aclfile", "shm_size",
            "bind", "port", "dir", "wal_compression");

    public Lock {
        composeFiles = List.copyOf(composeFiles);
        envFiles = List.copyOf(envFiles);
        composeProfiles = List.copyOf(composeProfiles);
        services = List.copyOf(services);
        leftOut = List.copyOf(leftOut);
        files = List.copyOf(files);
    }

    public Lock(String project, List<String> composeFiles, List<String> envFiles, String profile, Host host,
            MemorySize loadLine, List<LockedService> services, List<String> leftOut, List<LockedFile> files) {
        this(project, composeFiles, envFiles, List.of(), profile, host, loadLine, services, leftOut, files);
    }

    /// A rendered file.
    ///
    /// @param path relative to the lock's directory, with `/`
    /// @param sha256 of its bytes, in lower-case hexadecimal; `-` for a file with secrets
    public record LockedFile(String path, String sha256) {
        /// Whether it holds secrets, so that no checksum is kept.
        public boolean isPrivate() {
            return sha256.equals("-");
        }
    }

    public Optional<LockedService> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /// The same lock, with what the Compose files ask of each service's containers.
    public Lock expecting(Stack stack) {
        return with(services.stream().map(service -> Optional.ofNullable(stack.services().get(service.name()))
                .map(found -> service.expecting(Expected.of(stack, found))).orElse(service)).toList(), files);
    }

    /// What of it holds for native processes: the services that run so, one process each, without settings that are
    /// another machine's.
    public Lock natively(Collection<String> running) {
        var others = Stream.concat(leftOut.stream(), services.stream().map(LockedService::name).filter(name -> !running
                .contains(name))).toList();
        return new Lock(project, composeFiles, envFiles, composeProfiles, profile, host, loadLine, services.stream()
                .filter(service -> running.contains(service.name())).map(Lock::asProcess).toList(), others, List.of());
    }

    private Lock with(List<LockedService> others, List<LockedFile> otherFiles) {
        return new Lock(project, composeFiles, envFiles, composeProfiles, profile, host, loadLine, others, leftOut,
                otherFiles);
    }

    private static LockedService asProcess(LockedService service) {
        return new LockedService(service.name(), service.kind(), service.role(), Optional.empty(), Math.min(1, service
                .replicas()),
                service.limit(), service.reservation(), service.ceiling(), service.cpus(), service.settings().stream()
                        .filter(setting -> !ADAPTED.contains(setting.name())).toList(),
                service.expected()
                        .map(Expected::asProcess));
    }

    /// The limits of all containers.
    public MemorySize total() {
        return services.stream().map(service -> service.limit().times(service.replicas()))
                .reduce(MemorySize.ZERO, MemorySize::plus);
    }
}
