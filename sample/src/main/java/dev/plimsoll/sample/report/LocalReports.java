package dev.plimsoll.sample.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.sample.store.Questions;
import dev.plimsoll.sample.store.Sources;
import java.util.List;
import java.util.function.Supplier;

/// Reports kept in this process, for a service without Redis.
public final class LocalReports implements Reports {
    private static final int MOST = 200;

    private final Questions questions;
    private final Generations generations;
    private final Cache<String, Kept<Questions.Gap>> gaps = cache();
    private final Cache<String, Kept<Questions.Impact>> impact = cache();

    private record Kept<T>(Stamp stamp, List<T> lines) {}

    public LocalReports(Questions questions, Generations generations) {
        this.questions = questions;
        this.generations = generations;
    }

    private static <T> Cache<String, Kept<T>> cache() {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).recordStats().build();
    }

    @Override
    public List<Questions.Gap> gaps(String source) {
        return current(gaps, source, () -> questions.gaps(source, WELL, DAYS, LINES));
    }

    @Override
    public List<Questions.Impact> impact(String source) {
        return current(impact, source, () -> questions.impact(source, DAYS, LINES));
    }

    /// For metrics.
    public Cache<?, ?> gapCache() {
        return gaps;
    }

    /// For metrics.
    public Cache<?, ?> impactCache() {
        return impact;
    }

    private <T> List<T> current(Cache<String, Kept<T>> cache, String source, Supplier<List<T>> load) {
        return cache.asMap().compute(source, (name, before) -> before != null && generations.isCurrent(before.stamp())
                ? before
                : new Kept<>(generations.stamp(Sources.tags(source)), load.get())).lines();
    }
}
