package dev.plimsoll.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text with placeholders such as `{{uuid}}` or `{{int 1 1000}}`.
public record Template(List<Part> parts) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    public Template {
        parts = List.copyOf(parts);
    }

    /// A piece of the text.
    public sealed interface Part {
        record Literal(String text) implements Part {}

        /// A random UUID.
        record Uuid() implements Part {}

        /// How many were asked for before, from 1.
        record Count() implements Part {}

        /// A random whole number; both ends belong to it.
        record WholeNumber(long low, long high) implements Part {}

        /// A column of the row that this request was given of a table.
        record Cell(String table, String column) implements Part {}

        /// One of the last values that were extracted under this name.
        record Variable(String name) implements Part {}
    }

    /// Empty when a placeholder is none of the known ones; [#unknown] names it.
    public static Optional<Template> parse(String text) {
        var parts = new ArrayList<Part>();
        var found = PLACEHOLDER.matcher(text);
        var at = 0;
        while (found.find()) {
            if (found.start() > at) {
                parts.add(new Part.Literal(text.substring(at, found.start())));
            }
            var part = part(found.group(1).strip());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
            at = found.end();
        }
        if (at < text.length() || parts.isEmpty()) {
            parts.add(new Part.Literal(text.substring(at)));
        }
        return Optional.of(new Template(parts));
    }

    /// The first placeholder that is not known.
    public static Optional<String> unknown(String text) {
        return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).filter(word -> part(word.strip())
                .isEmpty()).findFirst();
    }

    private static Optional<Part> part(String text) {
        var words = text.split("\\s+");
        if (words[0].equals("int") && words.length == 3) {
            return number(words[1]).flatMap(low -> number(words[2]).filter(high -> high >= low)
                    .map(high -> new Part.WholeNumber(low, high)));
        }
        if (words.length != 1) {
            return Optional.empty();
        }
        var dot = text.indexOf('.');
        if (dot > 0) {
            var table = text.substring(0, dot);
            var column = text.substring(dot + 1);
            return WORD.matcher(table).matches() && !column.isBlank()
                    ? Optional.of(new Part.Cell(table, column))
                    : Optional.empty();
        }
        return switch (text) {
            case "uuid" -> Optional.of(new Part.Uuid());
            case "count" -> Optional.of(new Part.Count());
            case "int" -> Optional.empty();
            default -> WORD.matcher(text).matches() ? Optional.of(new Part.Variable(text)) : Optional.empty();
        };
    }

    private static Optional<Long> number(String text) {
        return text.matches("-?\\d{1,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /// Whether it is the same text every time.
    public boolean isFixed() {
        return parts.stream().allMatch(part -> part instanceof Part.Literal);
    }

    /// The text with each placeholder's value.
    public String fill(Function<Part, String> values) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(part instanceof Part.Literal(String literal) ? literal : values.apply(part));
        }
        return text.toString();
    }

    /// As it was written.
    public String source() {
        return parts.stream().map(part -> switch (part) {
            case Part.Literal(String text) -> text;
            case Part.Uuid() -> "{{uuid}}";
            case Part.Count() -> "{{count}}";
            case Part.WholeNumber(long low, long high) -> "{{int " + low + " " + high + "}}";
            case Part.Cell(String table, String column) -> "{{" + table + "." + column + "}}";
            case Part.Variable(String name) -> "{{" + name + "}}";
        }).collect(Collectors.joining());
    }
}
