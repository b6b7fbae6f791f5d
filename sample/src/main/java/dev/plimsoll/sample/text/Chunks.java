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
            for (int start = from, end; start < to; start = end) {
                end = cut(text, start, to);
                var sentence = text.substring(start, end).strip();
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
            }
        }
        return sentences;
    }

    /// Where a sentence is cut at the latest, which is never within a sign of two characters.
    private static int cut(String text, int start, int end) {
        var cut = start + LONGEST_SENTENCE;
        if (cut >= end) {
            return end;
        }
        return Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
    }
}
