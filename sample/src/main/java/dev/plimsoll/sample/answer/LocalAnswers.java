package dev.plimsoll.sample.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.sample.search.Vector;
import dev.plimsoll.sample.search.Words;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/// Answers kept in this process. A question counts as asked before when it has the same words in any order and its
/// vector is near: vectors alone confuse questions that differ in one name.
public final class LocalAnswers implements Answers {
    /// Answers kept; one takes about 3 kB with its quotes.
    private static final int MOST = 2_000;
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final double NEAR = 0.95;

    private final Cache<Key, Kept> kept = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).recordStats()
            .build();

    private record Key(String source, String words) {}

    private record Kept(Vector vector, Answer answer) {}

    @Override
    public Optional<Answer> find(String source, String question, Vector vector) {
        return Optional.ofNullable(kept.getIfPresent(key(source, question))).filter(found -> found.vector().cosine(
                vector) >= NEAR).map(Kept::answer);
    }

    @Override
    public void keep(String source, String question, Vector vector, Answer answer) {
        kept.put(key(source, question), new Kept(vector, answer));
    }

    @Override
    public void forget(String source) {
        kept.asMap().keySet().removeIf(key -> key.source().isEmpty() || key.source().equals(source));
    }

    /// For metrics.
    public Cache<?, ?> cache() {
        return kept;
    }

    private static Key key(String source, String question) {
        return new Key(source, String.join(" ", new TreeSet<>(Words.of(question))));
    }
}
