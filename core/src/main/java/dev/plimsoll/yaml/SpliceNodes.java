package dev.plimsoll.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// The parser's nodes as [YamlSplice] needs them: aliases are the nodes of their anchors.
final class SpliceNodes {
    private static final String MERGE = "<<";

    private SpliceNodes() {}

    /// The only document of a text; empty when there are several or none.
    static Optional<Node> root(String text) {
        var settings = LoadSettings.builder().setCodePointLimit(YamlReader.MOST_CHARACTERS)
                .setMaxAliasesForCollections(Integer.MAX_VALUE).setAllowDuplicateKeys(true).build();
        var documents = new Compose(settings).composeAllFromString(text).iterator();
        var first = documents.hasNext() ? Optional.of(real(documents.next())) : Optional.<Node>empty();
        return documents.hasNext() ? Optional.empty() : first;
    }

    private static Node real(Node node) {
        return node instanceof AnchorNode anchor ? anchor.getRealNode() : node;
    }

    private static boolean isKey(NodeTuple tuple, String key) {
        return tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key);
    }

    /// The entry that a mapping has itself.
    static Optional<NodeTuple> own(MappingNode mapping, String key) {
        return written(mapping).stream().filter(tuple -> isKey(tuple, key)).findFirst();
    }

    /// The entries that stand in the mapping: the parser moves those that `!!merge` names into it.
    static List<NodeTuple> written(MappingNode mapping) {
        return mapping.getValue().stream().filter(tuple -> !isBefore(tuple.getKeyNode(), mapping)).toList();
    }

    /// The value that a mapping has through `<<`.
    static Optional<Node> inherited(MappingNode mapping, String key) {
        var moved = mapping.getValue().stream().filter(tuple -> isKey(tuple, key)).map(NodeTuple::getValueNode)
                .findFirst();
        return moved.isPresent() ? moved : own(mapping, MERGE).flatMap(tuple -> switch (real(tuple.getValueNode())) {
            case MappingNode base -> value(base, key);
            case SequenceNode bases -> bases.getValue().stream().flatMap(base -> real(base) instanceof MappingNode found
                    ? value(found, key).stream()
                    : Optional.<Node>empty().stream()).findFirst();
            default -> Optional.empty();
        });
    }

    private static Optional<Node> value(MappingNode mapping, String key) {
        return own(mapping, key).map(NodeTuple::getValueNode).or(() -> inherited(mapping, key));
    }

    /// Whether the value is defined elsewhere and only referred to here.
    static boolean isAlias(NodeTuple tuple) {
        return isBefore(tuple.getValueNode(), tuple.getKeyNode());
    }

    static boolean isBefore(Node node, Node other) {
        var one = YamlSplice.known(real(node).getStartMark());
        var two = YamlSplice.known(other.getStartMark());
        return one.getLine() < two.getLine() || one.getLine() == two.getLine() && one.getColumn() < two.getColumn();
    }

    static boolean isFlow(Node node) {
        return switch (real(node)) {
            case MappingNode mapping -> mapping.getFlowStyle() == FlowStyle.FLOW;
            case SequenceNode list -> list.getFlowStyle() == FlowStyle.FLOW;
            default -> false;
        };
    }

    /// The value as [YamlWriter] takes it, with what it inherits written out.
    static Object plain(Node node) {
        return switch (real(node)) {
            case ScalarNode scalar -> scalar.getScalarStyle() == ScalarStyle.PLAIN
                    ? new YamlWriter.Verbatim(scalar.getValue().isEmpty() ? "null" : scalar.getValue())
                    : scalar.getValue();
            case SequenceNode list -> list.getValue().stream().map(SpliceNodes::plain).toList();
            case MappingNode mapping -> plain(mapping);
            default -> throw new IllegalStateException("unknown YAML node " + node);
        };
    }

    private static Map<String, Object> plain(MappingNode mapping) {
        var all = new LinkedHashMap<String, Object>();
        for (var tuple : mapping.getValue()) {
            if (isKey(tuple, MERGE)) {
                addInherited(real(tuple.getValueNode()), all);
            }
        }
        for (var tuple : mapping.getValue()) {
            if (!isKey(tuple, MERGE) && tuple.getKeyNode() instanceof ScalarNode key) {
                all.put(key.getValue(), plain(tuple.getValueNode()));
            }
        }
        return all;
    }

    private static void addInherited(Node base, Map<String, Object> all) {
        if (base instanceof MappingNode mapping) {
            plain(mapping).forEach(all::putIfAbsent);
        } else if (base instanceof SequenceNode list) {
            list.getValue().forEach(item -> addInherited(real(item), all));
        }
    }

    /// A value of the file with another laid over it, as Compose merges: a list of names becomes a mapping where one is
    /// laid over it, `NAME=value` items too; other lists and scalars are replaced.
    @SuppressWarnings("unchecked")
    static Object merged(Object present, Object over) {
        if (over instanceof YamlSplice.Appended appended) {
            return present instanceof Collection<?> items
                    ? YamlSplice.joined(items, appended)
                    : appended.items();
        }
        if (over instanceof YamlWriter.Commented commented) {
            return new YamlWriter.Commented(commented.comment(), merged(present, commented.value()));
        }
        if (!(over instanceof Map<?, ?> map)) {
            return over instanceof YamlWriter.Tagged tagged ? tagged.value() : over;
        }
        var isCondition = map.values().stream().allMatch(value -> value instanceof Map<?, ?>);
        var all = new LinkedHashMap<String, Object>();
        if (present instanceof Map<?, ?> before) {
            all.putAll((Map<String, Object>) before);
        } else if (present instanceof Collection<?> items) {
            items.forEach(item -> addItem(item, isCondition, all));
        }
        ((Map<String, Object>) map).forEach((key, value) -> {
            var before = all.get(key);
            all.put(key, merged(before == null ? "" : before, value));
        });
        return all;
    }

    private static void addItem(Object item, boolean isCondition, Map<String, Object> all) {
        var text = item instanceof YamlWriter.Verbatim verbatim ? verbatim.text() : String.valueOf(item);
        var equals = text.indexOf('=');
        if (equals > 0) {
            all.put(text.substring(0, equals), text.substring(equals + 1));
        } else {
            all.put(text, isCondition ? Map.of("condition", "service_started") : new YamlWriter.Verbatim("null"));
        }
    }
}
