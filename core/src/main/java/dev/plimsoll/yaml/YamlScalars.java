package dev.plimsoll.yaml;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Replaces single values of a YAML text, found by their place, and leaves every other byte as it is; quotes too.
public final class YamlScalars {
    private final SourceLines lines;
    private final Map<Location, String> values;
    private final String file;
    private final TreeMap<Integer, ScalarNode> found = new TreeMap<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlScalars(String file, SourceLines lines, Map<Location, String> values) {
        this.file = file;
        this.lines = lines;
        this.values = values;
    }

    /// @param values the new text of each value, by the place that [YamlReader] gave for the old one
    /// @throws InputException when a value is not found, or the text would no longer be YAML
    public static String replaced(String file, String text, Map<Location, String> values) {
        if (values.isEmpty()) {
            return text;
        }
        var scalars = new YamlScalars(file, new SourceLines(text), values);
        SpliceNodes.root(text).ifPresent(scalars::visit);
        if (scalars.found.size() < values.size()) {
            throw new InputException(Location.ofFile(file), "a value to change was not found again",
                    "Write the file as one document without anchors at the values");
        }
        var changed = scalars.applied();
        YamlReader.read(file, changed);
        return changed;
    }

    private void visit(Node node) {
        if (!seen.add(node)) {
            return;
        }
        switch (node) {
            case AnchorNode anchor -> visit(anchor.getRealNode());
            case MappingNode mapping -> mapping.getValue().forEach(tuple -> visit(tuple.getValueNode()));
            case SequenceNode list -> list.getValue().forEach(this::visit);
            case ScalarNode scalar -> {
                if (values.containsKey(at(scalar.getStartMark()))) {
                    found.put(lines.offset(scalar.getStartMark()), scalar);
                }
            }
            default -> throw new IllegalStateException("unknown YAML node " + node);
        }
    }

    private Location at(Optional<Mark> mark) {
        var place = YamlSplice.known(mark);
        return new Location(file, place.getLine() + 1, place.getColumn() + 1);
    }

    private String applied() {
        var text = new StringBuilder(lines.text());
        found.descendingMap().forEach((start, scalar) -> text.replace(start, lines.offset(scalar.getEndMark()),
                written(scalar)));
        return text.toString();
    }

    private String written(ScalarNode scalar) {
        var value = values.getOrDefault(at(scalar.getStartMark()), scalar.getValue());
        if (scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED) {
            return "'" + value.replace("'", "''") + "'";
        }
        return scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                ? "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : YamlWriter.inline(value);
    }
}
