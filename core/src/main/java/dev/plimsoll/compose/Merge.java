package dev.plimsoll.compose;

import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Joins a later file's (or an extending service's) canonical tree onto an earlier one, by the rules of the Compose
/// specification's page on merging.
final class Merge {
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");
    private static final Set<String> UNIQUE_TEXTS = Set.of("cap_add", "cap_drop", "dns", "dns_opt", "dns_search",
            "expose", "links", "profiles", "tmpfs", "aliases", "link_local_ips", "tags", "platforms");

    private Merge() {}

    static Node.Mapping of(Node.Mapping base, Node.Mapping later) {
        return (Node.Mapping) merge("", base, later);
    }

    private static Node merge(String key, Node base, Node later) {
        if (later.joining() == Node.Joining.REPLACE) {
            return later;
        }
        return switch (later) {
            case Node.Scalar scalar when scalar.isNull() && !(base instanceof Node.Scalar) -> base;
            case Node.Scalar scalar -> scalar;
            case Node.Sequence list when base instanceof Node.Sequence earlier -> lists(key, earlier, list);
            case Node.Sequence list -> list;
            case Node.Mapping mapping when base instanceof Node.Mapping earlier -> mappings(key, earlier, mapping);
            case Node.Mapping mapping -> mapping;
        };
    }

    private static Node mappings(String key, Node.Mapping base, Node.Mapping later) {
        if (key.equals("logging") && !sameDriver(base, later) || isUlimit(base) && isUlimit(later)) {
            return later;
        }
        var entries = new LinkedHashMap<String, Node>(base.entries());
        var keys = new LinkedHashMap<String, Location>(base.keys());
        later.entries().forEach((name, value) -> {
            if (value.joining() == Node.Joining.RESET) {
                entries.remove(name);
                return;
            }
            entries.merge(name, value, (earlier, newer) -> merge(name, earlier, newer));
            keys.put(name, later.keyLocation(name));
        });
        return new Node.Mapping(entries, keys, base.where(), base.joining());
    }

    /// Drops entries marked `!reset` that had nothing to reset.
    static Node.Mapping withoutResets(Node.Mapping mapping) {
        var entries = new LinkedHashMap<String, Node>();
        mapping.entries().forEach((key, value) -> {
            if (value.joining() != Node.Joining.RESET) {
                entries.put(key, value instanceof Node.Mapping inner ? withoutResets(inner) : value);
            }
        });
        return new Node.Mapping(entries, mapping.keys(), mapping.where(), mapping.joining());
    }

    private static boolean sameDriver(Node.Mapping base, Node.Mapping later) {
        var driver = text(later, "driver");
        return driver.isEmpty() || text(base, "driver").isEmpty() || driver.equals(text(base, "driver"));
    }

    private static boolean isUlimit(Node.Mapping mapping) {
        return mapping.entries().containsKey("soft") && mapping.entries().containsKey("hard");
    }

    private static Node lists(String key, Node.Sequence base, Node.Sequence later) {
        if (REPLACED.contains(key)) {
            return later;
        }
        var items = new ArrayList<Node>(base.items());
        items.addAll(later.items());
        return new Node.Sequence(unique(key, items), base.where(), base.joining());
    }

    /// Drops what a later item of the same identity replaces; the first one keeps its place.
    static List<Node> unique(String key, List<Node> items) {
        Function<Node, String> identity = switch (key) {
            case "ports" -> node -> text(node, "host_ip") + "|" + text(node, "target") + "|" + text(node, "published")
                    + "|" + text(node, "protocol");
            case "volumes" -> node -> text(node, "target");
            case "configs", "secrets" -> node -> text(node, text(node, "target").isEmpty() ? "source" : "target");
            case "env_file" -> node -> text(node, "path");
            case "devices" -> node -> node instanceof Node.Scalar scalar
                    ? scalar.text().split(":", -1)[0]
                    : text(node, "target");
            default -> UNIQUE_TEXTS.contains(key) ? Merge::scalarText : node -> "";
        };
        var kept = new LinkedHashMap<String, Node>();
        for (var item : items) {
            var id = identity.apply(item);
            kept.put(id.isEmpty() ? "#" + kept.size() : id, item);
        }
        return List.copyOf(kept.values());
    }

    private static String text(Node node, String key) {
        return node instanceof Node.Mapping mapping
                ? mapping.get(key).flatMap(Node::asScalar).map(Node.Scalar::text).orElse("")
                : "";
    }

    private static String scalarText(Node node) {
        return node.asScalar().map(Node.Scalar::text).orElse("");
    }

    /// The lists of a service whose items have an identity, each made unique.
    static Node.Mapping uniqueLists(Node.Mapping service) {
        var changed = service;
        for (Map.Entry<String, Node> entry : service.entries().entrySet()) {
            if (entry.getValue() instanceof Node.Sequence list) {
                var unique = unique(entry.getKey(), list.items());
                if (unique.size() != list.items().size()) {
                    changed = changed.with(entry.getKey(), new Node.Sequence(unique, list.where(), list.joining()));
                }
            }
        }
        return changed;
    }
}
