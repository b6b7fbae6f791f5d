package dev.plimsoll.runtime.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text with placeholders, such as `rel:ticket:{org}:{key}`.
///
/// @param text the whole
/// @param names of the placeholders in their order
record TextTemplate(String text, List<String> names) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");
    /// What may stand beside placeholders, so that tags made of it are tags.
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9:._/-]*");

    static TextTemplate of(String text) {
        var names = new ArrayList<String>();
        var placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            if (names.contains(placeholders.group(1))) {
                throw new IllegalArgumentException("`" + text + "` has {" + placeholders.group(1) + "} twice");
            }
            names.add(placeholders.group(1));
        }
        var literal = PLACEHOLDER.matcher(text).replaceAll("");
        if (text.isEmpty() || !LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("`" + text + "` is not a template: letters, digits, `:`, `.`, `_`, `/`, "
                    + "`-` and placeholders such as {org}");
        }
        return new TextTemplate(text, List.copyOf(names));
    }

    /// The text with escaped values.
    String render(Function<String, @Nullable String> values) {
        var rendered = new StringBuilder();
        var from = 0;
        for (var name : names) {
            var start = text.indexOf('{', from);
            rendered.append(text, from, start).append(Escape.value(values.apply(name)));
            from = text.indexOf('}', start) + 1;
        }
        return rendered.append(text, from, text.length()).toString();
    }
}
