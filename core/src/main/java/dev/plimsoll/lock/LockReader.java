package dev.plimsoll.lock;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads what [LockWriter] writes.
public final class LockReader {
    private static final String REMEDY = "Write the file anew with `plimsoll render --force`";

    private LockReader() {}

    /// @param file its name for error messages
    /// @throws InputException when the text is no lock, or one of another version of Plimsoll
    public static Lock read(String file, String text) {
        var root = YamlReader.read(file, text).flatMap(Node::asMapping)
                .orElseThrow(() -> new InputException(Location.ofFile(file), "this is no lock file", REMEDY));
        var format = whole(root, "format");
        if (format != LockWriter.FORMAT) {
            throw new InputException(root.keyLocation("format"), "this lock has format " + format
                    + ", and this version of Plimsoll reads format " + LockWriter.FORMAT, REMEDY);
        }
        return new Lock(text(root, "project"), texts(root, "compose_files"), texts(root, "env_files"),
                composeProfiles(root), text(root, "profile"), host(mapping(root, "host")), size(root, "load_line"),
                services(root),
                texts(root, "left_out"), files(root));
    }

    private static List<String> composeProfiles(Node.Mapping root) {
        return root.get("compose_profiles").isEmpty() ? List.of() : texts(root, "compose_profiles");
    }

    private static Host host(Node.Mapping host) {
        return new Host(size(host, "memory"), cpus(host), size(host, "swap"), optional(host, "disk",
                MemoryDialect.COMPOSE::parse), parsed(host, "disk_kind", word -> word(Host.DiskKind.values(), word)),
                text(host, "assumed").equals("true"));
    }

    private static List<LockedService> services(Node.Mapping root) {
        var services = mapping(root, "services");
        return services.entries().entrySet().stream().map(entry -> service(entry.getKey(), entry.getValue()
                .asMapping().orElseThrow(() -> wrong(services, entry.getKey())))).toList();
    }

    private static LockedService service(String name, Node.Mapping service) {
        return new LockedService(name, text(service, "kind"), parsed(service, "role", word -> word(Role.values(),
                word)), optional(service, "image", Optional::of), whole(service, "replicas"), size(service, "limit"),
                size(service, "reservation"), optional(service, "ceiling", MemoryDialect.COMPOSE::parse),
                cpus(service), settings(service));
    }

    private static List<LockedSetting> settings(Node.Mapping service) {
        if (service.get("settings").isEmpty()) {
            return List.of();
        }
        return items(service, "settings").map(item -> item.asMapping().orElseThrow(() -> wrong(service, "settings")))
                .map(setting -> new LockedSetting(text(setting, "name"), text(setting, "value"),
                        text(setting, "because"), text(setting, "source")))
                .toList();
    }

    private static List<Lock.LockedFile> files(Node.Mapping root) {
        var files = mapping(root, "files");
        return files.entries().keySet().stream().map(path -> new Lock.LockedFile(path, text(files, path))).toList();
    }

    private static Node.Mapping mapping(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(Node::asMapping).orElseThrow(() -> wrong(parent, key));
    }

    private static Stream<Node> items(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(Node::asSequence).orElseThrow(() -> wrong(parent, key)).items().stream();
    }

    private static List<String> texts(Node.Mapping parent, String key) {
        return items(parent, key).map(item -> item.asScalar().orElseThrow(() -> wrong(parent, key)).text()).toList();
    }

    private static String text(Node.Mapping parent, String key) {
        return parsed(parent, key, Optional::of);
    }

    private static int whole(Node.Mapping parent, String key) {
        return parsed(parent, key, text -> text.matches("\\d{1,9}")
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty());
    }

    private static MemorySize size(Node.Mapping parent, String key) {
        return parsed(parent, key, MemoryDialect.COMPOSE::parse);
    }

    private static Millicores cpus(Node.Mapping parent) {
        return parsed(parent, "cpus", Millicores::parse);
    }

    private static <E extends Enum<E>> Optional<E> word(E[] values, String word) {
        return Stream.of(values).filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word)).findFirst();
    }

    private static <T> T parsed(Node.Mapping parent, String key, Function<String, Optional<T>> parse) {
        return parent.get(key).flatMap(Node::asScalar).map(Node.Scalar::text).flatMap(parse)
                .orElseThrow(() -> wrong(parent, key));
    }

    /// Empty only when the key is missing: a value of the wrong form is refused.
    private static <T> Optional<T> optional(Node.Mapping parent, String key, Function<String, Optional<T>> parse) {
        return parent.get(key).isEmpty() ? Optional.empty() : Optional.of(parsed(parent, key, parse));
    }

    private static InputException wrong(Node.Mapping parent, String key) {
        return new InputException(parent.get(key).map(Node::where).orElse(parent.where()), "the lock has no usable `"
                + key + "` here", REMEDY);
    }
}
