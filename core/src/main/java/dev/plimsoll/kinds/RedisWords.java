package dev.plimsoll.kinds;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The words of a line of redis.conf: blanks part them, and quotes keep blanks inside. Escapes stand for bytes between
/// double quotes; between single quotes there is only that of the quote itself (Redis' `sdssplitargs`).
public final class RedisWords {
    private static final String BLANKS = " \t\r\n\f\u000b";
    private static final String ESCAPED = "nrtba";
    private static final String MEANT = "\n\r\t\b\u0007";

    private RedisWords() {}

    /// Empty when a quote is not closed, or when something follows it directly: the server does not start with that.
    static Optional<List<String>> split(String line) {
        var words = new ArrayList<String>();
        var at = past(line, 0);
        while (at < line.length()) {
            var word = new ByteArrayOutputStream();
            at = word(line, at, word);
            if (at < 0) {
                return Optional.empty();
            }
            words.add(word.toString(StandardCharsets.UTF_8));
            at = past(line, at);
        }
        return Optional.of(List.copyOf(words));
    }

    private static int past(String line, int from) {
        var at = from;
        while (at < line.length() && BLANKS.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /// Reads one word and returns where it ends; -1 when its quotes are wrong.
    private static int word(String line, int from, ByteArrayOutputStream word) {
        var at = from;
        while (at < line.length() && BLANKS.indexOf(line.charAt(at)) < 0) {
            var c = line.charAt(at);
            if (c == '"' || c == '\'') {
                at = c == '"' ? doublyQuoted(line, at + 1, word) : singlyQuoted(line, at + 1, word);
                return at >= 0 && at < line.length() && BLANKS.indexOf(line.charAt(at)) < 0 ? -1 : at;
            }
            at = plain(line, at, word);
        }
        return at;
    }

    private static int doublyQuoted(String line, int from, ByteArrayOutputStream word) {
        var at = from;
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.startsWith("\\x", at) && at + 4 <= line.length() && line.substring(at + 2, at + 4).matches(
                    "[0-9A-Fa-f]{2}")) {
                word.write(Integer.parseInt(line.substring(at + 2, at + 4), 16));
                at += 4;
            } else if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                var meant = ESCAPED.indexOf(line.charAt(at + 1));
                if (meant >= 0) {
                    word.write(MEANT.charAt(meant));
                    at += 2;
                } else {
                    at = plain(line, at + 1, word);
                }
            } else {
                at = plain(line, at, word);
            }
        }
        return at < line.length() ? at + 1 : -1;
    }

    private static int singlyQuoted(String line, int from, ByteArrayOutputStream word) {
        var at = from;
        while (at < line.length() && line.charAt(at) != '\'') {
            at = plain(line, line.startsWith("\\'", at) ? at + 1 : at, word);
        }
        return at < line.length() ? at + 1 : -1;
    }

    private static int plain(String line, int at, ByteArrayOutputStream word) {
        var end = line.offsetByCodePoints(at, 1);
        word.writeBytes(line.substring(at, end).getBytes(StandardCharsets.UTF_8));
        return end;
    }

    /// A part of a line that the server reads as these words.
    public static String joined(List<String> words) {
        return words.stream().map(word -> word.isEmpty() || word.chars().anyMatch(RedisWords::needsQuotes)
                ? quoted(word)
                : word).collect(Collectors.joining(" "));
    }

    private static boolean needsQuotes(int c) {
        return c == '"' || c == '\'' || c <= ' ' || c == 0x7f;
    }

    /// A word between double quotes.
    public static String quoted(String word) {
        var text = new StringBuilder("\"");
        word.chars().forEach(c -> {
            var meant = MEANT.indexOf(c);
            if (meant >= 0) {
                text.append('\\').append(ESCAPED.charAt(meant));
            } else if (c < ' ' || c == 0x7f) {
                text.append("\\x%02x".formatted(c));
            } else {
                text.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
            }
        });
        return text.append('"').toString();
    }
}
