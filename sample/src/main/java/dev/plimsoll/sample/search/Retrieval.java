package dev.plimsoll.sample.search;

import dev.plimsoll.sample.store.Passages;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// The passages nearest to a question: candidates by word and, where words find little, by trigram, from the database;
/// their order by vector and shared words, here.
public final class Retrieval {
    /// Candidates taken from the database by each way.
    static final int CANDIDATES = 40;
    /// Below so many found by word, words may be misspelt and trigrams are tried.
    static final int FEW = 3;

    /// Likeness from which two words are one with a slip of the pen.
    private static final double ALIKE = 0.5;

    private final Passages passages;

    public Retrieval(Passages passages) {
        this.passages = passages;
    }

    /// @param source empty for all
    public List<Passage> nearest(String question, Vector vector, String source, int limit) {
        var candidates = new LinkedHashMap<Long, Passages.Candidate>();
        passages.byWord(question, source, CANDIDATES).forEach(found -> candidates.put(found.id(), found));
        var words = Set.copyOf(Words.of(question));
        if (candidates.size() < FEW) {
            words.stream().sorted(Comparator.comparingInt(String::length).reversed().thenComparing(word -> word))
                    .limit(3)
                    .forEach(word -> passages.byTrigram(word, source, CANDIDATES).forEach(found -> candidates
                            .putIfAbsent(found.id(), found)));
        }
        return candidates.values().stream().map(candidate -> passage(candidate, vector, words)).sorted(Comparator
                .comparingDouble(Passage::score).reversed().thenComparingLong(Passage::documentId).thenComparingInt(
                        Passage::ordinal))
                .limit(limit).toList();
    }

    private static Passage passage(Passages.Candidate candidate, Vector question, Set<String> words) {
        var score = (Math.max(0, candidate.vector().cosine(question)) + shared(words, candidate.text())) / 2;
        return new Passage(candidate.documentId(), candidate.title(), candidate.ordinal(), candidate.text(), score);
    }

    /// Share of the words of the question that a text has, or has in another form or spelling.
    public static double shared(Set<String> words, String text) {
        if (words.isEmpty()) {
            return 0;
        }
        var there = new HashSet<>(Words.of(text));
        var stems = new HashSet<String>();
        there.forEach(word -> stems.add(stem(word)));
        var count = 0;
        for (var word : words) {
            count += stems.contains(stem(word)) || isLikeAny(word, there) ? 1 : 0;
        }
        return count / (double) words.size();
    }

    private static boolean isLikeAny(String word, Set<String> others) {
        for (var other : others) {
            if (Words.likeness(word, other) > ALIKE) {
                return true;
            }
        }
        return false;
    }

    private static String stem(String word) {
        return word.length() > 5
                ? word.substring(0, word.length() - 2)
                : word.length() > 3 && word.endsWith("s")
                        ? word.substring(0, word.length() - 1)
                        : word;
    }
}
