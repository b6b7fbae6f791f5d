package dev.plimsoll.sample.search;

import java.util.HashSet;
import java.util.List;

/// The words of a question, to be looked for in many texts.
public final class Wanted {
    /// Of a longer question the first ones count: each is compared with each word of some forty passages, and a
    /// question of thousands would keep the processors from all others. Assumption.
    private static final int MOST = 50;
    /// Likeness from which two words are one with a slip of the pen.
    private static final double ALIKE = 0.5;

    private final List<Word> words;

    private Wanted(List<Word> words) {
        this.words = words;
    }

    public static Wanted of(String question) {
        return new Wanted(Words.of(question).stream().distinct().limit(MOST).map(Word::new).toList());
    }

    /// Share of the words that a text has, or has in another form or spelling.
    public double shareIn(String text) {
        if (words.isEmpty()) {
            return 0;
        }
        var there = Words.of(text).stream().distinct().map(Word::new).toList();
        var stems = new HashSet<String>();
        there.forEach(word -> stems.add(word.stem()));
        var count = 0;
        for (var word : words) {
            count += stems.contains(word.stem()) || isLikeAny(word, there) ? 1 : 0;
        }
        return count / (double) words.size();
    }

    private static boolean isLikeAny(Word word, List<Word> others) {
        for (var other : others) {
            if (word.likeness(other) > ALIKE) {
                return true;
            }
        }
        return false;
    }
}
