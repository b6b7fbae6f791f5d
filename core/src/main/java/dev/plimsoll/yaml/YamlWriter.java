package dev.plimsoll.yaml;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes YAML 1.2 in block style: mappings, lists, text, whole numbers and booleans. The same value always gives the
/// same bytes, and [YamlReader] reads the same value back.
public final class YamlWriter {
    private static final String STEP = "  ";
    /// Text that every YAML reader takes for text; everything else is quoted.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*"
            + "|[0-9]+(?:ms|[kmgs])");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|nan|[.]nan|[.]inf|~");

    /// What would end a plain scalar inside brackets.
    private static final Pattern FLOW = Pattern.compile("[,\\[\\]{}]");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /// A value with a comment above it; line breaks in the comment make several lines.
    public record Commented(String comment, Object value) {}

    /// A value with a tag such as `!override`.
    public record Tagged(String tag, Object value) {}

    /// A list or mapping on one line, as in `[CMD, pg_isready]`.
    public record Inline(Object value) {}

    /// A plain scalar that is written as it was read.
    public record Verbatim(String text) {}

    /// @param value a [Map], [Collection], [String], whole number, [Boolean], or one of the records of this class
    public static String document(Object value) {
        return block(value, "");
    }

    /// The same, every line after `indent`.
    public static String block(Object value, String indent) {
        var writer = new YamlWriter();
        writer.write(value, indent, true);
        return writer.out.toString();
    }

    /// One scalar as YAML writes it.
    public static String scalar(Object value) {
        if (value instanceof Verbatim verbatim) {
            return verbatim.text();
        }
        if (!(value instanceof String text)) {
            return String.valueOf(value);
        }
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches() ? text : quoted(text);
    }

    /// What belongs behind a key and its colon: ` value`, or a line break and a block whose lines start with `indent`.
    /// Ends with a line break.
    static String afterKey(Object value, String indent) {
        var writer = new YamlWriter();
        writer.write(value instanceof Commented commented ? commented.value() : value, indent, false);
        return writer.out.toString();
    }

    /// A list or mapping on one line.
    public static String inline(Object value) {
        return switch (value) {
            case Map<?, ?> map -> join(map.entrySet().stream().map(entry -> scalar(String.valueOf(entry.getKey()))
                    + ": " + inline(entry.getValue())).toList(), "{", "}");
            case Collection<?> items -> join(items.stream().map(YamlWriter::inline).toList(), "[", "]");
            case Verbatim verbatim when FLOW.matcher(verbatim.text()).find() -> quoted(verbatim.text());
            case Inline nested -> inline(nested.value());
            case Commented commented -> inline(commented.value());
            case Tagged tagged -> tagged.tag() + " " + inline(tagged.value());
            default -> scalar(value);
        };
    }

    private static String join(Collection<String> parts, String open, String close) {
        return open + String.join(", ", parts) + close;
    }

    private void write(Object value, String indent, boolean atLineStart) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> end("{}", indent, atLineStart);
            case Collection<?> items when items.isEmpty() -> end("[]", indent, atLineStart);
            case Map<?, ?> map -> writeMap(map, indent, atLineStart);
            case Collection<?> items -> writeList(items, indent, atLineStart);
            case Commented commented -> {
                comment(commented.comment(), indent);
                write(commented.value(), indent, atLineStart);
            }
            case Tagged tagged -> {
                out.append(' ').append(tagged.tag());
                write(tagged.value(), indent, false);
            }
            default -> end(inline(value), indent, atLineStart);
        }
    }

    private void end(String text, String indent, boolean atLineStart) {
        out.append(atLineStart ? indent : " ").append(text).append('\n');
    }

    private void writeMap(Map<?, ?> map, String indent, boolean atLineStart) {
        if (!atLineStart) {
            out.append('\n');
        }
        map.forEach((key, entry) -> {
            var value = uncommented(entry, indent);
            out.append(indent).append(scalar(String.valueOf(key))).append(':');
            write(value, indent + STEP, false);
        });
    }

    private void writeList(Collection<?> items, String indent, boolean atLineStart) {
        if (!atLineStart) {
            out.append('\n');
        }
        for (var item : items) {
            var value = uncommented(item, indent);
            out.append(indent).append('-');
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                var nested = block(map, indent + STEP);
                out.append(' ').append(nested, indent.length() + STEP.length(), nested.length());
            } else {
                write(value, indent + STEP, false);
            }
        }
    }

    private Object uncommented(Object entry, String indent) {
        if (entry instanceof Commented commented) {
            comment(commented.comment(), indent);
            return commented.value();
        }
        return entry;
    }

    private void comment(String comment, String indent) {
        comment.lines().forEach(line -> out.append(indent).append(("# " + line).strip()).append('\n'));
    }

    /// In double quotes, control characters escaped.
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (character < 0x20 || character >= 0x7f && character < 0xa0 || character == 0x2028
                            || character == 0x2029 || character == 0xfeff
                            || Character.getType(character) == Character.SURROGATE) {
                        quoted.append(String.format("\\u%04x", character));
                    } else {
                        quoted.appendCodePoint(character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
