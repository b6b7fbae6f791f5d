package dev.plimsoll.compose;

import dev.plimsoll.yaml.Node;
import java.util.LinkedHashMap;

/// A tree as plain lists, maps and texts, to compare what two files say regardless of where they say it.
final class Plain {
    private Plain() {}

    static Object of(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence list -> list.items().stream().map(Plain::of).toList();
            case Node.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Object>();
                mapping.entries().forEach((key, value) -> entries.put(key, of(value)));
                yield entries;
            }
        };
    }
}
