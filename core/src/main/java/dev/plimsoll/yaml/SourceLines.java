package dev.plimsoll.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// A text and where its lines start, to find the place a parser's mark means.
final class SourceLines {
    private final String text;
    private final List<Integer> starts = new ArrayList<>(List.of(0));

    SourceLines(String text) {
        this.text = text;
        for (var at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r' && !text.startsWith("\n", at + 1)) {
                starts.add(at + 1);
            }
        }
    }

    String text() {
        return text;
    }

    /// The line break that the text uses.
    String lineBreak() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    int offset(Optional<Mark> mark) {
        var place = YamlSplice.known(mark);
        var line = Math.min(place.getLine(), starts.size() - 1);
        var start = starts.get(line);
        var rest = text.codePointCount(start, text.length());
        return text.offsetByCodePoints(start, Math.min(place.getColumn(), rest));
    }

    /// The blanks that stand for a key's column.
    String indent(Optional<Mark> key) {
        return " ".repeat(YamlSplice.known(key).getColumn());
    }

    /// Behind the colon that follows a key.
    int afterColon(Optional<Mark> keyEnd) {
        return text.indexOf(':', offset(keyEnd)) + 1;
    }

    /// Where the alias ends that stands behind `start`.
    int aliasEnd(int start) {
        var at = text.indexOf('*', start);
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && ",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /// Behind the last character before `offset` that is no blank.
    int lastBefore(int offset) {
        var at = Math.min(offset, text.length());
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /// The end of the line that holds `offset`, a comment at its end included.
    int endOfLine(int offset) {
        var at = offset;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }
}
