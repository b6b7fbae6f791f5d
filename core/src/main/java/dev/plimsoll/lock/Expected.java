package dev.plimsoll.lock;

import dev.plimsoll.kinds.WeakPasswords;
import dev.plimsoll.stack.Dependency;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Port;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import dev.plimsoll.yaml.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the Compose files ask of a service's containers besides memory and settings.
///
/// @param mounts volumes and bind mounts with a source
/// @param healthcheck whether the files define one; false leaves it to the image
/// @param restart empty when the files do not say
/// @param pids empty for no limit
/// @param shm empty for the engine's default
/// @param cpus empty for no limit
/// @param swap memory and swap together; empty when the files do not say
/// @param weakVariables variables to which the files themselves give a well-known password, or the user's own name
/// @param dependencies names of the services it needs, as the files say
/// @param traits how they are run otherwise
public record Expected(List<Mounted> mounts, List<Published> ports, boolean healthcheck, Optional<String> restart,
        Optional<Long> pids, Optional<MemorySize> shm, Optional<Millicores> cpus, Optional<MemorySize> swap,
        List<String> weakVariables, List<String> dependencies, Traits traits) {
    public Expected {
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
        weakVariables = List.copyOf(weakVariables);
        dependencies = List.copyOf(dependencies);
    }

    public Expected(List<Mounted> mounts, List<Published> ports, boolean healthcheck, Optional<String> restart,
            Optional<Long> pids, Optional<MemorySize> shm, Optional<Millicores> cpus, Optional<MemorySize> swap,
            List<String> weakVariables, List<String> dependencies) {
        this(mounts, ports, healthcheck, restart, pids, shm, cpus, swap, weakVariables, dependencies, Traits.NONE);
    }

    /// The same with other traits.
    public Expected running(Traits other) {
        return new Expected(mounts, ports, healthcheck, restart, pids, shm, cpus, swap, weakVariables, dependencies,
                other);
    }

    /// @param type `bind` or `volume`
    /// @param source a volume's name, without the project's when Compose adds it, or a path as in the files
    /// @param named whether the volume's name is used as it is
    /// @param readOnly whether nothing may be written there
    public record Mounted(String type, String source, String target, boolean named, boolean readOnly) {
        public Mounted(String type, String source, String target, boolean named) {
            this(type, source, target, named, false);
        }

        /// Whether an engine's source is this one. Compose puts the project's name before a volume's, and the project
        /// directory before a relative path.
        public boolean isSource(String found) {
            if (type.equals("volume")) {
                return found.equals(source) || !named && found.endsWith("_" + source);
            }
            var path = source.startsWith("./") ? source.substring(2) : source.replaceFirst("^(?:\\.\\./)+|^~/", "");
            return source.isEmpty() || source.equals(".") || source.equals("./") || found.equals(path)
                    || found.endsWith((path.startsWith("/") ? "" : "/") + path.replaceFirst("/$", ""));
        }
    }

    /// @param loopback whether only this machine reaches it
    public record Published(int target, boolean loopback) {}

    /// What of it holds for a native process.
    Expected asProcess() {
        return new Expected(List.of(), List.of(), false, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), weakVariables, dependencies);
    }

    /// What the files say of one service.
    public static Expected of(Stack stack, Service service) {
        var mounts = service.mounts().stream().flatMap(mount -> mounted(stack, mount)).toList();
        return new Expected(mounts, service.ports().stream().map(Expected::published).toList(),
                service.healthcheck().filter(check -> !check.disabled() && !check.test().isEmpty()).isPresent(),
                service.restart().map(found -> found.value()).map(Expected::restart),
                service.pidsLimit().map(found -> found.value()),
                service.sharedMemorySize().map(found -> found.value()),
                service.cpuLimit().map(found -> found.value()),
                service.swapLimit().map(found -> found.value()), weakVariables(service),
                service.dependencies().stream().map(Dependency::service).distinct().toList(), Traits.of(service));
    }

    private static List<String> weakVariables(Service service) {
        var names = service.environment().entrySet().stream().filter(entry -> entry.getKey().contains("USER"))
                .map(entry -> entry.getValue().value()).filter(name -> !name.isBlank()).toList();
        return service.environment().entrySet().stream().filter(entry -> entry.getKey().contains("PASS"))
                .filter(entry -> WeakPasswords.ALL.contains(entry.getValue().value())
                        || names.contains(entry.getValue().value()))
                .map(Map.Entry::getKey).toList();
    }

    private static Stream<Mounted> mounted(Stack stack, Mount mount) {
        if (mount.source().isEmpty() || mount.type() != Mount.Type.BIND && mount.type() != Mount.Type.VOLUME) {
            return Stream.empty();
        }
        var source = mount.source().get();
        var definition = Optional.ofNullable(stack.volumes().get(source)).map(volume -> volume.definition());
        var name = definition.flatMap(volume -> volume.get("name")).flatMap(Node::asScalar).map(Node.Scalar::text);
        var external = definition.flatMap(volume -> volume.get("external")).flatMap(Node::asScalar)
                .filter(flag -> flag.text().equals("true")).isPresent();
        return Stream.of(new Mounted(mount.type().name().toLowerCase(Locale.ROOT), name.orElse(source),
                mount.target(), name.isPresent() || external, mount.readOnly()));
    }

    private static Published published(Port port) {
        return new Published(port.target(), port.isLoopbackOnly());
    }

    /// As the engine names it: `deploy` has words of its own.
    private static String restart(String policy) {
        return switch (policy) {
            case "any" -> "always";
            case "none" -> "no";
            default -> policy.replaceFirst(":.*", "");
        };
    }
}
