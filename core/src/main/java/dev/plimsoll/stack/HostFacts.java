package dev.plimsoll.stack;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What one source says about a server; empty where it says nothing.
public record HostFacts(Optional<MemorySize> memory, Optional<Millicores> cpus, Optional<MemorySize> swap,
        Optional<MemorySize> disk, Optional<Host.DiskKind> diskKind) {
    public static final HostFacts NONE = new HostFacts(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    private static final List<String> KEYS = List.of("memory", "cpus", "swap", "disk", "disk_kind");
    private static final String SIZE = "a size with its unit, 1m or more, such as 512m or 4g";
    private static final MemorySize LEAST = MemorySize.ofMegabytes(1);

    /// Reads `host` of the top-level `x-plimsoll`.
    ///
    /// @throws InputException when a key is unknown or a value has the wrong form
    public static HostFacts of(Node.Mapping hints) {
        var node = hints.get("host").filter(host -> !host.isNull());
        if (node.isEmpty()) {
            return NONE;
        }
        var host = node.get().asMapping().orElseThrow(() -> new InputException(node.get().where(),
                "host must be a mapping", "Write keys such as `memory: 4g` below it"));
        var problems = new ArrayList<Problem>();
        host.entries().keySet().stream().filter(key -> !KEYS.contains(key)).forEach(key -> problems.add(new Problem(
                host.keyLocation(key), "`" + key + "` says nothing about a host",
                "Use one of " + String.join(", ", KEYS))));
        var facts = new HostFacts(value(host, "memory", HostFacts::memory, SIZE, problems),
                value(host, "cpus", HostFacts::cpus, "a number of cores such as 2 or 0.5", problems),
                value(host, "swap", MemoryDialect.COMPOSE::parse, "a size such as 1g, or 0 for none", problems),
                value(host, "disk", HostFacts::memory, SIZE, problems),
                value(host, "disk_kind", HostFacts::diskKind, "ssd, hdd or nvme", problems));
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return facts;
    }

    /// A size of 1 MB at least, as Compose writes it. A number without a unit counts bytes there, so that `4` is rather
    /// one whose unit was forgotten.
    public static Optional<MemorySize> memory(String text) {
        return MemoryDialect.COMPOSE.parse(text).filter(size -> !LEAST.isLargerThan(size));
    }

    /// A number of cores above zero.
    public static Optional<Millicores> cpus(String text) {
        return Millicores.parse(text).filter(cpus -> cpus.value() > 0);
    }

    private static Optional<Host.DiskKind> diskKind(String text) {
        return Stream.of(Host.DiskKind.values()).filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /// These facts, with those of a weaker source where they are silent.
    public HostFacts or(HostFacts weaker) {
        return new HostFacts(memory.or(weaker::memory), cpus.or(weaker::cpus), swap.or(weaker::swap),
                disk.or(weaker::disk), diskKind.or(weaker::diskKind));
    }

    /// The server, typical where nothing is known; it counts as assumed when nobody said how much memory it has.
    public Host host() {
        var typical = Host.TYPICAL;
        return new Host(memory.orElse(typical.memory()), cpus.orElse(typical.cpus()), swap.orElse(typical.swap()),
                disk.or(typical::disk), diskKind.orElse(typical.diskKind()), memory.isEmpty());
    }

    private static <T> Optional<T> value(Node.Mapping host, String key, Function<String, Optional<T>> parse,
            String form, List<Problem> problems) {
        var node = host.get(key).filter(value -> !value.isNull());
        var text = node.flatMap(Node::asScalar).map(Node.Scalar::text);
        var value = text.flatMap(parse);
        if (node.isPresent() && value.isEmpty()) {
            problems.add(new Problem(node.map(Node::where).orElse(Location.ofFile("")), text.map(bad -> "`" + bad + "`")
                    .orElse("this") + " is no value for " + key, "Write " + form));
        }
        return value;
    }
}
