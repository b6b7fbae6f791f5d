package dev.plimsoll.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Words of an instruction: quotes taken off, variables put in.
///
/// Source: https://docs.docker.com/reference/dockerfile/#environment-replacement
final class Words {
    private static final int MOST_NESTING = 20;
    /// Longer values are as good as unknown. Linux takes 128 KB.
    private static final int LONGEST = 32_768;

    private final char escape;
    private final Function<String, Optional<String>> variables;

    /// @param variables empty for those whose value is not known
    Words(char escape, Function<String, Optional<String>> variables) {
        this.escape = escape;
        this.variables = variables;
    }

    /// The words as they stand, cut at blanks outside quotes.
    List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == escape && quote != '\'' && at + 1 < text.length()) {
                word.append(c).append(text.charAt(++at));
            } else if (quote == '\0' && Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                quote = quote == c ? '\0' : quote == '\0' && (c == '"' || c == '\'') ? c : quote;
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /// A word with its variables; empty when one of them is not known, or asks for what only a shell can do.
    Optional<String> expand(String word) {
        return expand(word, 0);
    }

    private Optional<String> expand(String word, int depth) {
        var text = new StringBuilder();
        var quote = '\0';
        var at = 0;
        while (at < word.length()) {
            var c = word.charAt(at);
            if (quote != '\'' && c == escape && at + 1 < word.length()) {
                var next = word.charAt(at + 1);
                if (quote == '"' && next != '"' && next != '$' && next != escape) {
                    text.append(c);
                }
                text.append(next);
                at += 2;
            } else if (quote == c || quote == '\0' && (c == '"' || c == '\'')) {
                quote = quote == c ? '\0' : c;
                at++;
            } else if (quote != '\'' && c == '$') {
                var end = end(word, at);
                var value = variable(word, at, end, depth);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                text.append(value.get());
                if (text.length() > LONGEST) {
                    return Optional.empty();
                }
                at = end;
            } else {
                text.append(c);
                at++;
            }
        }
        return Optional.of(text.toString());
    }

    /// Where the variable that begins at a dollar sign ends.
    private static int end(String word, int dollar) {
        var at = dollar + 1;
        if (at < word.length() && word.charAt(at) == '{') {
            var open = 0;
            for (; at < word.length(); at++) {
                open += word.charAt(at) == '{' ? 1 : word.charAt(at) == '}' ? -1 : 0;
                if (open == 0) {
                    return at + 1;
                }
            }
            return word.length();
        }
        return nameEnd(word, at);
    }

    private static int nameEnd(String word, int from) {
        var at = from;
        while (at < word.length() && (Character.isLetterOrDigit(word.charAt(at)) || word.charAt(at) == '_')) {
            at++;
        }
        return at;
    }

    private Optional<String> variable(String word, int dollar, int end, int depth) {
        if (dollar + 1 == end) {
            return Optional.of("$");
        }
        if (word.charAt(dollar + 1) != '{') {
            return variables.apply(word.substring(dollar + 1, end));
        }
        if (word.charAt(end - 1) != '}' || depth == MOST_NESTING) {
            return Optional.empty();
        }
        var inner = word.substring(dollar + 2, end - 1);
        var nameEnd = nameEnd(inner, 0);
        var name = inner.substring(0, nameEnd);
        var modifier = inner.substring(nameEnd);
        var value = variables.apply(name);
        if (modifier.isEmpty()) {
            return value;
        }
        // With a colon an empty value counts as none.
        var isThere = value.filter(text -> !modifier.startsWith(":") || !text.isEmpty()).isPresent();
        var rest = modifier.startsWith(":") ? modifier.substring(1) : modifier;
        if (rest.startsWith("-")) {
            return isThere ? value : expand(rest.substring(1), depth + 1);
        }
        if (rest.startsWith("+")) {
            return isThere ? expand(rest.substring(1), depth + 1) : Optional.of("");
        }
        return rest.startsWith("?") ? value : Optional.empty();
    }
}
