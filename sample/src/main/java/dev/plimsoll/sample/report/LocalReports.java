package dev.plimsoll.sample.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import dev.plimsoll.sample.store.Questions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/// Reports kept in this process, tagged with their source.
public final class LocalReports implements Reports {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST = 200;
    private static final int DAYS = 30;
    private static final int LINES = 50;
    /// An answer below this does not answer. Assumption: half the words of the question are missing there.
    private static final double WELL = 0.4;
    /// On reports over all sources, which any sync changes.
    private static final Tag ALL = Tag.of("source");

    private final Questions questions;
    private final Generations generations;
    private final Cache<String, Kept> kept = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE)
            .recordStats().build();

    private record Kept(Stamp stamp, List<?> lines) {}

    public LocalReports(Questions questions, Generations generations) {
        this.questions = questions;
        this.generations = generations;
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Questions.Gap> gaps(String source) {
        return (List<Questions.Gap>) current("gaps:" + source, source, () -> questions.gaps(source, WELL, DAYS, LINES));
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Questions.Impact> impact(String source) {
        return (List<Questions.Impact>) current("impact:" + source, source, () -> questions.impact(source, DAYS,
                LINES));
    }

    @Override
    public void changed(String source) {
        generations.invalidate(List.of(ALL, tag(source)));
    }

    /// For metrics.
    public Cache<?, ?> cache() {
        return kept;
    }

    private List<?> current(String key, String source, Supplier<List<?>> load) {
        return kept.asMap().compute(key, (name, before) -> before != null && generations.isCurrent(before.stamp())
                ? before
                : new Kept(generations.stamp(List.of(source.isEmpty() ? ALL : tag(source))), load.get()))
                .lines();
    }

    /// Sources may be named in any script, tags may not.
    private static Tag tag(String source) {
        return Tag.of("source:" + HexFormat.of().formatHex(source.getBytes(StandardCharsets.UTF_8)));
    }
}
