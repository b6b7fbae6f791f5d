package dev.plimsoll.render;

import dev.plimsoll.audit.rules.DataDirectories;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Port;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlWriter;
import dev.plimsoll.yaml.YamlWriter.Inline;
import dev.plimsoll.yaml.YamlWriter.Tagged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// The override that keeps a second copy of a stack apart from the user's own: other ports, other names, other data.
public final class OwnProject {
    /// The label on every container: the rendered directory it was started from.
    public static final String DIRECTORY_LABEL = "dev.plimsoll.directory";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Tagged NOTHING = new Tagged("!reset", "");
    private static final Tagged DEFAULTS = new Tagged("!override", Map.of());
    /// Parts of the system rather than of the project: shared by whoever asks for them.
    private static final Pattern OF_THE_SYSTEM = Pattern.compile("/(var/run|run|dev|proc|sys|etc|lib/modules)(/.*)?|/");

    private final Inventory inventory;
    private final Map<Wanted, Integer> ports;
    private final String directory;
    private final List<String> notes = new ArrayList<>();
    private final SequencedMap<String, Object> volumes = new LinkedHashMap<>();

    private OwnProject(Inventory inventory, Map<Wanted, Integer> ports, String directory) {
        this.inventory = inventory;
        this.ports = ports;
        this.directory = directory;
    }

    /// A port to publish.
    public record Wanted(String service, int target, String protocol) {}

    /// @param yaml the override file
    /// @param notes what differs from the user's stack beyond ports and names, one sentence each
    public record Apart(String yaml, List<String> notes) {
        public Apart {
            notes = List.copyOf(notes);
        }
    }

    /// The ports that need a free one on the server. Services with several containers are not among them: the engine
    /// picks a port for each container.
    public static List<Wanted> wanted(Inventory inventory) {
        return inventory.running().filter(service -> service.replicas() == 1)
                .flatMap(service -> service.service().ports().stream().map(port -> wanted(service, port))).distinct()
                .toList();
    }

    /// @param ports a free port of the server for each of [#wanted]
    /// @param directory the rendered directory, as an absolute path
    public static Apart of(Inventory inventory, Map<Wanted, Integer> ports, String directory) {
        return new OwnProject(inventory, ports, directory).apart();
    }

    private Apart apart() {
        var services = new LinkedHashMap<String, Object>();
        inventory.services().forEach(service -> services.put(service.name(), service(service)));
        topLevelVolumes();
        var networks = networks();
        var document = new LinkedHashMap<String, Object>();
        document.put("services", services);
        if (!volumes.isEmpty()) {
            document.put("volumes", volumes);
        }
        if (!networks.isEmpty()) {
            document.put("networks", networks);
        }
        return new Apart("# Keeps this copy of the stack apart from your own. Written by `plimsoll up`.\n"
                + YamlWriter.document(document), notes);
    }

    private Map<String, Object> service(Recognised service) {
        var changes = new LinkedHashMap<String, Object>();
        if (service.service().text("container_name").isPresent()) {
            changes.put("container_name", NOTHING);
        }
        if (!service.service().ports().isEmpty()) {
            changes.put("ports", new Tagged("!override", service.service().ports().stream()
                    .map(port -> published(service, port)).distinct().toList()));
        }
        var mounts = service.service().mounts().stream().flatMap(mount -> mount(service, mount).stream()).toList();
        if (!mounts.isEmpty()) {
            changes.put("volumes", mounts);
        }
        if (service.service().networkMode().filter(mode -> mode.value().equals("host")).isPresent()) {
            notes.add(service.name() + " uses the server's own network, so its ports are the same as in your stack.");
        }
        changes.put("labels", Map.of(DIRECTORY_LABEL, escaped(directory)));
        return changes;
    }

    private Object published(Recognised service, Port port) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("target", port.target());
        entry.put("host_ip", LOOPBACK);
        Optional.ofNullable(ports.get(wanted(service, port)))
                .ifPresent(free -> entry.put("published", String.valueOf(free)));
        entry.put("protocol", port.protocol());
        return new Inline(entry);
    }

    private static Wanted wanted(Recognised service, Port port) {
        return new Wanted(service.name(), port.target(), port.protocol());
    }

    /// Directories of the user's that the stack could change: data gets a volume of its own, the rest is read-only.
    private Optional<Object> mount(Recognised service, Mount mount) {
        var source = mount.source().orElse("");
        if (mount.type() != Mount.Type.BIND || mount.readOnly() || OF_THE_SYSTEM.matcher(source).matches()) {
            return Optional.empty();
        }
        var holdsData = DataDirectories.of(service).stream()
                .anyMatch(path -> mount.covers(path) || mount.target().startsWith(path + "/"));
        var isFile = inventory.stack().files().typeOf(source) == ProjectFiles.Type.FILE;
        if (holdsData && !isFile) {
            var volume = "plimsoll-" + service.name() + "-" + volumes.size();
            volumes.put(volume, Map.of());
            notes.add(service.name() + " keeps its data in a volume of its own instead of your " + source + ".");
            return Optional.of(new Inline(ordered("type", "volume", "source", volume, "target",
                    escaped(mount.target()))));
        }
        if (!isFile) {
            notes.add(service.name() + " sees your " + source + " read-only.");
        }
        var entry = ordered("type", "bind", "source", escaped(below(source)), "target", escaped(mount.target()));
        entry.put("read_only", true);
        entry.put("bind", ordered("create_host_path", true));
        return Optional.of(new Inline(entry));
    }

    /// Volumes with a fixed name, outside the project, or in a directory of the server are the user's.
    private void topLevelVolumes() {
        inventory.stack().volumes().forEach((name, volume) -> {
            var definition = volume.definition();
            var isMemory = volume.isTmpfs();
            if (isSet(definition, "external") || isSet(definition, "name")
                    || isSet(definition, "driver_opts") && !isMemory) {
                volumes.put(name, DEFAULTS);
                notes.add("The volume " + name + " is an empty one of this project instead of your own.");
            }
        });
    }

    private Map<String, Object> networks() {
        var networks = new LinkedHashMap<String, Object>();
        inventory.stack().networks().entries().forEach((name, network) -> network.asMapping().ifPresent(definition -> {
            if (isSet(definition, "external") || isSet(definition, "name")) {
                networks.put(name, DEFAULTS);
                notes.add("The network " + name + " is one of this project instead of your own; services outside the "
                        + "stack are not reached through it.");
            } else if (isSet(definition, "ipam")) {
                notes.add("The network " + name + " has fixed addresses and cannot exist twice: stop your own stack "
                        + "first if it runs here.");
            }
        }));
        return networks;
    }

    private static boolean isSet(Node.Mapping definition, String key) {
        return definition.get(key).filter(value -> value.asScalar()
                .filter(scalar -> scalar.isNull() || scalar.text().equals("false")).isEmpty()).isPresent();
    }

    private static SequencedMap<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (var at = 0; at + 1 < pairs.length; at += 2) {
            map.put(String.valueOf(pairs[at]), pairs[at + 1]);
        }
        return map;
    }

    private static String below(String source) {
        return source.startsWith("/") || source.startsWith(".") || source.startsWith("~") ? source : "./" + source;
    }

    /// Compose would replace variables.
    private static String escaped(String text) {
        return text.replace("$", "$$");
    }
}
