package dev.plimsoll.compose;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Paths;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Mounts in short form: `[source:]target[:options]`.
final class Volumes {
    private static final Set<String> PROPAGATION = Set.of("rprivate", "private", "rshared", "shared", "rslave",
            "slave");

    private Volumes() {}

    static Node.Mapping parse(Node item, String directory) {
        if (item instanceof Node.Mapping mapping) {
            var source = mapping.get("source").flatMap(Node::asScalar);
            return isBind(mapping) && source.isPresent()
                    ? mapping.with("source", source.get().withText(hostPath(directory, source.get().text())))
                    : mapping;
        }
        var scalar = (Node.Scalar) item;
        var parts = parts(scalar);
        var fields = new LinkedHashMap<String, Node>();
        var source = parts.size() > 1 ? parts.getFirst() : "";
        var bind = source.startsWith(".") || source.startsWith("/") || source.startsWith("~") || isDrivePath(source);
        put(fields, "type", bind ? "bind" : "volume", scalar);
        if (!source.isEmpty()) {
            put(fields, "source", bind ? hostPath(directory, source) : source, scalar);
        }
        put(fields, "target", trimmed(parts.size() > 1 ? parts.get(1) : parts.getFirst()), scalar);
        if (parts.size() > 2) {
            options(parts.get(2), bind, fields, scalar);
        }
        return new Node.Mapping(fields, Map.of(), scalar.where());
    }

    /// Absolute paths stay as written.
    private static String hostPath(String directory, String source) {
        return source.startsWith("/") || isDrivePath(source) ? source : Paths.resolve(directory, source);
    }

    private static boolean isBind(Node.Mapping mount) {
        return mount.get("type").flatMap(Node::asScalar).filter(type -> type.text().equals("bind")).isPresent();
    }

    private static void options(String text, boolean bind, Map<String, Node> fields, Node.Scalar at) {
        for (var option : text.split(",")) {
            if (option.equals("ro")) {
                fields.put("read_only", new Node.Scalar("true", Node.Scalar.Type.BOOL, at.where()));
            } else if (option.equals("nocopy")) {
                fields.put("volume", Canonical.single("nocopy",
                        new Node.Scalar("true", Node.Scalar.Type.BOOL, at.where())));
            } else if (bind && (option.equals("z") || option.equals("Z"))) {
                fields.put("bind", Canonical.single("selinux", Node.Scalar.string(option, at.where())));
            } else if (bind && PROPAGATION.contains(option)) {
                fields.put("bind", Canonical.single("propagation", Node.Scalar.string(option, at.where())));
            }
        }
    }

    /// Splits at colons, except behind a single letter, which is a Windows drive.
    private static List<String> parts(Node.Scalar scalar) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        var text = scalar.text();
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == ':' && !(part.length() == 1 && Character.isLetter(part.charAt(0)))) {
                if (part.isEmpty()) {
                    throw invalid(scalar, "an empty part between colons");
                }
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (part.isEmpty()) {
            throw invalid(scalar, text.isEmpty() ? "no path" : "nothing behind its last colon");
        }
        parts.add(part.toString());
        if (parts.size() > 3) {
            throw invalid(scalar, "too many colons");
        }
        return parts;
    }

    private static InputException invalid(Node.Scalar scalar, String why) {
        return new InputException(scalar.where(), "the mount `" + scalar.text() + "` has " + why,
                "Write source:target or source:target:ro; if a variable left a part empty, set it");
    }

    private static boolean isDrivePath(String source) {
        return source.length() > 2 && Character.isLetter(source.charAt(0)) && source.charAt(1) == ':'
                && (source.charAt(2) == '\\' || source.charAt(2) == '/');
    }

    /// Without the slash at its end, as the engine shows it.
    static String trimmed(String target) {
        return target.length() > 1 && target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
    }

    private static void put(Map<String, Node> fields, String key, String value, Node.Scalar at) {
        fields.put(key, Node.Scalar.string(value, at.where()));
    }
}
