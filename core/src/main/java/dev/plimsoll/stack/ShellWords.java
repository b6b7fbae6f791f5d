package dev.plimsoll.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits a command given as one text into words, as Compose does: blanks part words, quotes and backslashes keep
/// them together, nothing is expanded and `#` starts no comment.
public final class ShellWords {
    private ShellWords() {}

    /// Empty when a quote is not closed.
    public static Optional<List<String>> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (quote != '\0') {
                if (c == quote) {
                    quote = '\0';
                } else if (c == '\\' && quote == '"' && at + 1 < text.length()
                        && "\"\\$`\n".indexOf(text.charAt(at + 1)) >= 0) {
                    word.append(text.charAt(++at));
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == '\\' && at + 1 < text.length()) {
                at++;
                if (text.charAt(at) != '\n') {
                    word.append(text.charAt(at));
                    inWord = true;
                }
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return quote == '\0' ? Optional.of(List.copyOf(words)) : Optional.empty();
    }
}
