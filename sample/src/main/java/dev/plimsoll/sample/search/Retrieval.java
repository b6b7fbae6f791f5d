package dev.plimsoll.sample.search;

import dev.plimsoll.sample.store.Passages;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// The passages nearest to a question: candidates by word and, where words find little, by trigram, from the database;
/// their order by vector and shared words, here.
public final class Retrieval {
    /// Candidates taken from the database by each way.
    static final int CANDIDATES = 40;
    /// Below so many found by word, words may be misspelt and trigrams are tried.
    static final int FEW = 3;

    private final Passages passages;

    public Retrieval(Passages passages) {
        this.passages = passages;
    }

    /// @param source empty for all
    public List<Passage> nearest(String question, Vector vector, String source, int limit) {
        var candidates = new LinkedHashMap<Long, Passages.Candidate>();
        passages.byWord(question, source, CANDIDATES).forEach(found -> candidates.put(found.id(), found));
        if (candidates.size() < FEW) {
            Words.of(question).stream().distinct()
                    .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(word -> word))
                    .limit(3)
                    .forEach(word -> passages.byTrigram(word, source, CANDIDATES).forEach(found -> candidates
                            .putIfAbsent(found.id(), found)));
        }
        var wanted = Wanted.of(question);
        return candidates.values().stream().map(candidate -> passage(candidate, vector, wanted)).sorted(Comparator
                .comparingDouble(Passage::score).reversed().thenComparingLong(Passage::documentId).thenComparingInt(
                        Passage::ordinal))
                .limit(limit).toList();
    }

    private static Passage passage(Passages.Candidate candidate, Vector question, Wanted words) {
        var score = (Math.max(0, candidate.vector().cosine(question)) + words.shareIn(candidate.text())) / 2;
        return new Passage(candidate.documentId(), candidate.title(), candidate.ordinal(), candidate.text(), score);
    }
}
