package dev.plimsoll.report;

import java.util.function.UnaryOperator;

/// Sentences of this program for pages, each in one line: what stands between backticks becomes code, and nothing of
/// what files of others say becomes markup.
final class Marked {
    private Marked() {}

    static String html(String text) {
        return marked(text, Marked::htmlText, code -> "<code>" + htmlText(code) + "</code>");
    }

    /// Text that is HTML in a title or an attribute as well.
    static String htmlText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    static String markdown(String text) {
        return marked(text, Marked::markdownText, code -> "`" + code.replace("|", "\\|") + "`");
    }

    private static String markdownText(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("&", "&amp;").replace("<", "&lt;")
                .replace("*", "\\*").replaceAll("(?<!\\p{Alnum})_|_(?!\\p{Alnum})", "\\\\_").replace("[", "\\[")
                .replace("`", "\\`").replace("@", "&#64;");
    }

    /// Backticks that are not pairs of single ones are text, as Markdown would pair others.
    private static String marked(String text, UnaryOperator<String> words, UnaryOperator<String> code) {
        var line = Paragraph.printable(text.replaceAll("\\s+", " "));
        var parts = line.split("`", -1);
        if (parts.length % 2 == 0 || line.contains("``")) {
            return words.apply(line);
        }
        var marked = new StringBuilder(words.apply(parts[0]));
        for (var at = 1; at < parts.length; at += 2) {
            marked.append(code.apply(parts[at])).append(words.apply(parts[at + 1]));
        }
        return marked.toString();
    }
}
