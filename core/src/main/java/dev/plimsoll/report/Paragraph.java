package dev.plimsoll.report;

import java.util.function.UnaryOperator;

/// Words filled into lines of at most 80 columns. Colour does not count towards the width, and control characters
/// from the user's files are left out.
final class Paragraph {
    static final int WIDTH = 80;

    private final StringBuilder text = new StringBuilder();
    private final String indent;
    private int column;
    private boolean atStart = true;

    /// @param first what the first line starts with
    /// @param indent what the others start with
    Paragraph(String first, String indent) {
        this.indent = indent;
        text.append(first);
        column = first.length();
    }

    Paragraph add(String words) {
        return add(words, UnaryOperator.identity());
    }

    Paragraph add(String words, UnaryOperator<String> look) {
        for (var word : words.strip().split("\\s+")) {
            addWord(printable(word), look);
        }
        return this;
    }

    /// Adds words that stay in one line.
    Paragraph addWhole(String words, UnaryOperator<String> look) {
        addWord(printable(words), look);
        return this;
    }

    private void addWord(String word, UnaryOperator<String> look) {
        if (word.isEmpty()) {
            return;
        }
        if (!atStart && column + 1 + word.length() > WIDTH) {
            text.append('\n').append(indent);
            column = indent.length();
            atStart = true;
        }
        text.append(atStart ? "" : " ").append(look.apply(word));
        column += word.length() + (atStart ? 0 : 1);
        atStart = false;
    }

    /// The text without what a terminal would act on.
    static String printable(String text) {
        return text.replace('\t', ' ').replaceAll("[\\p{Cc}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]", "");
    }

    @Override
    public String toString() {
        return text + "\n";
    }
}
