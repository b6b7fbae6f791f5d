package dev.plimsoll.sample.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts paragraphs into passages of about equal size, at ends of sentences.
public final class Chunks {
    /// Characters of a passage, about 200 tokens: long enough to answer, short enough to quote. Assumption.
    static final int SIZE = 800;
    /// A sentence longer than this is cut within.
    static final int LONGEST_SENTENCE = 1600;

    private Chunks() {}

    public static List<String> of(List<String> paragraphs) {
        var chunks = new ArrayList<String>();
        var open = new StringBuilder();
        for (var paragraph : paragraphs) {
            for (var sentence : sentences(paragraph)) {
                if (!open.isEmpty() && open.length() + sentence.length() > SIZE) {
                    chunks.add(open.toString());
                    open.setLength(0);
                }
                open.append(open.isEmpty() ? "" : " ").append(sentence);
            }
        }
        if (!open.isEmpty()) {
            chunks.add(open.toString());
        }
        return chunks;
    }

    public static List<String> sentences(String text) {
        var sentences = new ArrayList<String>();
        var breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        for (int from = breaks.first(), to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            for (var start = from; start < to; start += LONGEST_SENTENCE) {
                var sentence = text.substring(start, Math.min(to, start + LONGEST_SENTENCE)).strip();
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
            }
        }
        return sentences;
    }
}
