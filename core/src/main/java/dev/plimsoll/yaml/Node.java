package dev.plimsoll.yaml;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A YAML value that knows where it stands. Immutable; aliases share the node of their anchor.
public sealed interface Node {
    Location where();

    /// How this node joins an earlier file's value for the same key.
    Joining joining();

    /// Number of scalars in the tree when every alias is written out; saturates.
    long expandedSize();

    /// What the tags `!reset` and `!override` of the Compose specification ask for.
    enum Joining {
        MERGE, REPLACE, RESET
    }

    /// @param text as written, without quotes
    /// @param type as YAML 1.2 resolves it; quoted text is always STRING
    record Scalar(String text, Type type, Location where, Joining joining) implements Node {
        public enum Type {
            STRING, INT, FLOAT, BOOL, NULL
        }

        public Scalar(String text, Type type, Location where) {
            this(text, type, where, Joining.MERGE);
        }

        public static Scalar string(String text, Location where) {
            return new Scalar(text, Type.STRING, where);
        }

        public static Scalar empty(Location where) {
            return new Scalar("", Type.NULL, where);
        }

        public Scalar withText(String changed) {
            return new Scalar(changed, type, where, joining);
        }

        public Located<String> located() {
            return new Located<>(text, where);
        }

        @Override
        public long expandedSize() {
            return 1;
        }
    }

    record Sequence(List<Node> items, Location where, Joining joining, long expandedSize) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        public Sequence(List<? extends Node> items, Location where, Joining joining) {
            this(List.copyOf(items), where, joining, sum(items));
        }

        public Sequence(List<? extends Node> items, Location where) {
            this(items, where, Joining.MERGE);
        }
    }

    /// @param entries in the order of the file
    /// @param keys where each key stands; every entry has one
    record Mapping(Map<String, Node> entries, Map<String, Location> keys, Location where, Joining joining,
            long expandedSize) implements Node {
        public Mapping(Map<String, ? extends Node> entries, Map<String, Location> keys, Location where,
                Joining joining) {
            this(Collections.unmodifiableMap(new LinkedHashMap<>(entries)),
                    Collections.unmodifiableMap(new LinkedHashMap<>(keys)), where, joining,
                    sum(entries.values()));
        }

        public Mapping(Map<String, ? extends Node> entries, Map<String, Location> keys, Location where) {
            this(entries, keys, where, Joining.MERGE);
        }

        public static Mapping empty(Location where) {
            return new Mapping(Map.of(), Map.of(), where);
        }

        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        public Location keyLocation(String key) {
            return keys.getOrDefault(key, where);
        }

        public Mapping with(String key, Node value) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            var places = new LinkedHashMap<>(keys);
            places.putIfAbsent(key, value.where());
            return new Mapping(changed, places, where, joining);
        }

        public Mapping without(String key) {
            if (!entries.containsKey(key)) {
                return this;
            }
            var changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(changed, keys, where, joining);
        }
    }

    default Optional<Scalar> asScalar() {
        return this instanceof Scalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    default Optional<Mapping> asMapping() {
        return this instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    default Optional<Sequence> asSequence() {
        return this instanceof Sequence sequence ? Optional.of(sequence) : Optional.empty();
    }

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.type() == Scalar.Type.NULL;
    }

    /// The value alone, to compare what two files mean: scalars as text, lists and mappings of them.
    default Object plain() {
        return switch (this) {
            case Scalar scalar -> scalar.text();
            case Sequence sequence -> sequence.items().stream().map(Node::plain).toList();
            case Mapping mapping -> {
                var plain = new LinkedHashMap<String, Object>();
                mapping.entries().forEach((key, value) -> plain.put(key, value.plain()));
                yield plain;
            }
        };
    }

    private static long sum(Iterable<? extends Node> nodes) {
        var size = 1L;
        for (var node : nodes) {
            var next = size + node.expandedSize();
            size = next < 0 ? Long.MAX_VALUE : next;
        }
        return size;
    }
}
