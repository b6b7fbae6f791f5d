package dev.plimsoll.yaml;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Sets values in a YAML text and leaves every other byte as it is: comments, order, quotes, blank lines.
///
/// What a mapping inherits from an anchor is written out in the mapping itself when a value below it changes; the
/// anchor stays as it is.
public final class YamlSplice {
    /// Items to add to a list that is there.
    ///
    /// @param identity of an item, plain as [YamlWriter] takes it: one with the identity of an item that is there takes
    /// its place
    public record Appended(List<?> items, UnaryOperator<Object> identity) {
        public Appended(List<?> items) {
            this(items, UnaryOperator.identity());
        }

        private boolean replaces(Object item, Object present) {
            return identity.apply(item).equals(identity.apply(present));
        }
    }

    /// The byte order mark with which some editors begin a file.
    private static final String MARK = "\ufeff";

    private record Edit(int start, int end, String replacement) {}

    private final String file;
    private final SourceLines lines;
    private final List<Edit> edits = new ArrayList<>();

    private YamlSplice(String file, SourceLines lines) {
        this.file = file;
        this.lines = lines;
    }

    /// @param file its name for error messages
    /// @param values what to set; mappings are merged with those that are there, everything else takes their place,
    /// lists too
    /// @throws InputException when the text is no mapping
    public static String set(String file, String text, Map<String, Object> values) {
        if (text.startsWith(MARK)) {
            // The parser does not count it as a column.
            return MARK + set(file, text.substring(MARK.length()), values);
        }
        var lines = new SourceLines(text);
        var splice = new YamlSplice(file, lines);
        YamlReader.read(file, text);
        var root = SpliceNodes.root(text);
        if (!(root.orElse(null) instanceof MappingNode mapping)) {
            throw refusal(file, "the file is not one mapping that could be changed");
        }
        splice.merge(mapping, values);
        var changed = splice.applied();
        try {
            YamlReader.read(file, changed);
        } catch (InputException unreadable) {
            throw refusal(file, "the file is written in a way that could not be changed in place safely");
        }
        return changed;
    }

    private static InputException refusal(String file, String what) {
        return new InputException(Location.ofFile(file), what, "Render without --in-place and lay the override over "
                + "the files");
    }

    private String applied() {
        var text = new StringBuilder(lines.text());
        // From the end, so that places stay valid; of two additions at one place the inner mapping's comes first.
        edits.sort(Comparator.comparingInt(Edit::start));
        edits.reversed().forEach(edit -> text.replace(edit.start(), edit.end(), edit.replacement()));
        return text.toString();
    }

    private void merge(MappingNode mapping, Map<String, Object> values) {
        var added = new LinkedHashMap<String, Object>();
        values.forEach((key, value) -> SpliceNodes.own(mapping, key).ifPresentOrElse(
                tuple -> change(tuple, value, mapping.getFlowStyle() == FlowStyle.FLOW),
                () -> added.put(key, SpliceNodes.inherited(mapping, key)
                        .map(node -> SpliceNodes.merged(SpliceNodes.plain(node), value))
                        .orElseGet(() -> SpliceNodes.merged("", value)))));
        if (!added.isEmpty()) {
            if (mapping.getFlowStyle() == FlowStyle.FLOW) {
                addToFlow(mapping, added);
            } else {
                addToBlock(mapping, added);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void change(NodeTuple tuple, Object value, boolean inFlow) {
        var isAlias = SpliceNodes.isAlias(tuple);
        var bare = value instanceof YamlWriter.Commented commented ? commented.value() : value;
        if (bare instanceof Map<?, ?> map && tuple.getValueNode() instanceof MappingNode inner && !isAlias) {
            merge(inner, (Map<String, Object>) map);
            return;
        }
        if (bare instanceof Map<?, ?> map && tuple.getValueNode() instanceof SequenceNode list && !isAlias && !list
                .getValue().isEmpty() && arePairs(map)) {
            append(list, pairs(map));
            return;
        }
        if (bare instanceof Appended more && tuple.getValueNode() instanceof SequenceNode list && !isAlias
                && !list.getValue().isEmpty()) {
            append(list, more);
            return;
        }
        var now = bare instanceof YamlWriter.Tagged tagged
                ? tagged.value()
                : SpliceNodes.merged(SpliceNodes.plain(tuple.getValueNode()), bare);
        if (inFlow || !isAlias && isScalarInLine(tuple)) {
            replaceInLine(tuple, now, isAlias);
        } else {
            replaceWhole(tuple, now, isAlias);
        }
    }

    /// Whether a mapping may be written as items `NAME=value` too.
    private static boolean arePairs(Map<?, ?> map) {
        return map.values().stream().map(YamlSplice::uncommented).allMatch(value -> value instanceof String
                || value instanceof Number || value instanceof Boolean || value instanceof YamlWriter.Verbatim);
    }

    private static Appended pairs(Map<?, ?> map) {
        return new Appended(map.entrySet().stream().map(entry -> pair(entry.getKey() + "=" + text(uncommented(entry
                .getValue())))).toList(), item -> text(item).split("=", 2)[0]);
    }

    private static Object pair(String text) {
        return text.matches("\\w[\\w.-]*=[\\w./+-]+") ? new YamlWriter.Verbatim(text) : text;
    }

    private static Object uncommented(Object value) {
        return value instanceof YamlWriter.Commented commented ? commented.value() : value;
    }

    private static String text(Object value) {
        return value instanceof YamlWriter.Verbatim verbatim ? verbatim.text() : String.valueOf(value);
    }

    private void replaceInLine(NodeTuple tuple, Object now, boolean isAlias) {
        var colon = lines.afterColon(tuple.getKeyNode().getEndMark());
        if (isAlias) {
            edits.add(new Edit(colon, lines.aliasEnd(colon), " " + YamlWriter.inline(now)));
            return;
        }
        var start = lines.offset(tuple.getValueNode().getStartMark());
        edits.add(new Edit(start, lines.offset(tuple.getValueNode().getEndMark()),
                (start == colon ? " " : "") + YamlWriter.inline(now)));
    }

    /// Replaces all from behind the key's colon to the end of the value.
    private void replaceWhole(NodeTuple tuple, Object now, boolean isAlias) {
        var start = lines.afterColon(tuple.getKeyNode().getEndMark());
        var end = isAlias ? lines.aliasEnd(start) : contentEnd(tuple.getValueNode(), start);
        var column = lines.indent(tuple.getKeyNode().getStartMark());
        var text = YamlWriter.afterKey(now, column + "  ");
        edits.add(new Edit(start, end, text.stripTrailing().replace("\n", lines.lineBreak())));
    }

    private void append(SequenceNode list, Appended more) {
        var nodes = list.getValue();
        var present = List.copyOf((Collection<?>) SpliceNodes.plain(list));
        var lacking = new ArrayList<Object>();
        for (var item : more.items()) {
            var at = 0;
            while (at < present.size() && !more.replaces(item, present.get(at))) {
                at++;
            }
            if (at == present.size()) {
                lacking.add(item);
            } else if (!present.get(at).equals(item)) {
                replaceItem(list, nodes.get(at), item);
            }
        }
        if (lacking.isEmpty()) {
            return;
        }
        var end = contentEnd(list, lines.offset(list.getStartMark()));
        if (SpliceNodes.isFlow(list)) {
            var last = lines.lastBefore(end - 1);
            edits.add(new Edit(last, last, lacking.stream().map(item -> ", " + YamlWriter.inline(item))
                    .collect(Collectors.joining())));
        } else {
            var lineEnd = lines.endOfLine(end);
            edits.add(new Edit(lineEnd, lineEnd, lines.lineBreak() + YamlWriter.block(lacking, lines.indent(list
                    .getStartMark())).stripTrailing().replace("\n", lines.lineBreak())));
        }
    }

    private void replaceItem(SequenceNode list, Node old, Object item) {
        if (SpliceNodes.isBefore(old, list)) {
            throw refusal(file, "a list holds an item that is defined elsewhere, so that it could not be replaced");
        }
        var start = lines.offset(old.getStartMark());
        var indent = lines.indent(old.getStartMark());
        var text = SpliceNodes.isFlow(list)
                ? YamlWriter.inline(item)
                : YamlWriter.block(item, indent).stripTrailing().substring(indent.length());
        edits.add(new Edit(start, contentEnd(old, start), text.replace("\n", lines.lineBreak())));
    }

    private static boolean isScalarInLine(NodeTuple tuple) {
        return switch (tuple.getValueNode()) {
            case ScalarNode scalar -> scalar.getScalarStyle() != ScalarStyle.LITERAL
                    && scalar.getScalarStyle() != ScalarStyle.FOLDED && scalar.getStartMark().isPresent()
                    && !scalar.getValue().isEmpty() && isOneLine(scalar);
            default -> false;
        };
    }

    private static boolean isOneLine(Node node) {
        return node.getStartMark().map(mark -> mark.getLine())
                .equals(node.getEndMark().map(mark -> mark.getLine()));
    }

    private void addToFlow(MappingNode mapping, Map<String, Object> added) {
        var closing = lines.offset(mapping.getEndMark()) - 1;
        var inline = YamlWriter.inline(added);
        var inner = inline.substring(1, inline.length() - 1);
        var last = lines.lastBefore(closing);
        var isFirst = mapping.getValue().isEmpty();
        edits.add(new Edit(last, last, isFirst || lines.text().charAt(last - 1) == ','
                ? (isFirst ? "" : " ") + inner
                : ", " + inner));
    }

    private void addToBlock(MappingNode mapping, Map<String, Object> added) {
        var written = SpliceNodes.written(mapping);
        if (written.isEmpty()) {
            throw refusal(file, "a mapping holds only what it inherits, so that no place for a key is known");
        }
        var first = written.getFirst();
        var indent = lines.indent(first.getKeyNode().getStartMark());
        var last = written.getLast();
        var afterKey = lines.afterColon(last.getKeyNode().getEndMark());
        var end = SpliceNodes.isAlias(last) ? lines.aliasEnd(afterKey) : contentEnd(last.getValueNode(), afterKey);
        var lineEnd = lines.endOfLine(end);
        edits.add(new Edit(lineEnd, lineEnd, lines.lineBreak() + YamlWriter.block(added, indent).stripTrailing()
                .replace("\n", lines.lineBreak())));
    }

    /// Where the last character of a value ends; blank lines and comments behind it are not part of it.
    private int contentEnd(Node node, int atLeast) {
        if (SpliceNodes.isFlow(node)) {
            return Math.max(atLeast, lines.offset(node.getEndMark()));
        }
        return switch (node) {
            case MappingNode mapping when !mapping.getValue().isEmpty() -> {
                var last = mapping.getValue().getLast();
                var after = lines.afterColon(last.getKeyNode().getEndMark());
                yield SpliceNodes.isAlias(last) ? lines.aliasEnd(after) : contentEnd(last.getValueNode(), after);
            }
            case SequenceNode list when !list.getValue().isEmpty() -> {
                var last = list.getValue().getLast();
                yield SpliceNodes.isBefore(last, list)
                        ? lines.lastBefore(lines.offset(list.getEndMark()))
                        : contentEnd(last, lines.offset(last.getStartMark()));
            }
            case ScalarNode scalar when scalar.getScalarStyle() == ScalarStyle.LITERAL
                    || scalar.getScalarStyle() == ScalarStyle.FOLDED ->
                lines.lastBefore(lines.offset(scalar
                        .getEndMark()));
            default -> Math.max(atLeast, lines.offset(node.getEndMark()));
        };
    }

    /// The values of a list with items added, or in the place of those with their identity.
    static List<Object> joined(Collection<?> present, Appended more) {
        var all = new ArrayList<Object>(present);
        for (var item : more.items()) {
            var at = 0;
            while (at < all.size() && !more.replaces(item, all.get(at))) {
                at++;
            }
            if (at < all.size()) {
                all.set(at, item);
            } else {
                all.add(item);
            }
        }
        return all;
    }

    /// Of a mark that must be there, because the text was parsed with marks.
    static <T> T known(Optional<T> mark) {
        return mark.orElseThrow(() -> new IllegalStateException("parsed without marks"));
    }
}
