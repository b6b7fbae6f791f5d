package dev.plimsoll.render;

import java.util.ArrayList;
import java.util.List;

/// Writes a config file whose comments start with `#`: topics, and above each setting why it is what it is.
final class ConfText {
    /// Comments wrap before this column.
    private static final int WIDTH = 110;

    private final List<String> lines = new ArrayList<>();

    /// A paragraph of its own.
    ConfText remark(String text) {
        blank();
        comment(text);
        return this;
    }

    /// A heading for the settings below it.
    ConfText topic(String title) {
        blank();
        lines.add("# --- " + title + " ---");
        return this;
    }

    /// One line of the file and the reason for it.
    ConfText line(String line, String reason) {
        if (!reason.isEmpty()) {
            comment(reason);
        }
        lines.add(line);
        return this;
    }

    private void blank() {
        if (!lines.isEmpty()) {
            lines.add("");
        }
    }

    private void comment(String text) {
        for (var paragraph : text.lines().toList()) {
            var line = new StringBuilder("#");
            for (var word : paragraph.strip().split("\\s+")) {
                if (line.length() > 1 && line.length() + 1 + word.length() > WIDTH) {
                    lines.add(line.toString());
                    line = new StringBuilder("#");
                }
                line.append(' ').append(word);
            }
            lines.add(line.toString());
        }
    }

    /// `arithmetic (source)`, with what is there of the two.
    static String reason(String arithmetic, String source) {
        if (arithmetic.isEmpty() || source.isEmpty()) {
            return arithmetic + source;
        }
        return arithmetic + " (" + source + ")";
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
