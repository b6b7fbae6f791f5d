package dev.plimsoll.sample.report;

import dev.plimsoll.runtime.cache.Cache;
import dev.plimsoll.runtime.cache.CacheMeters;
import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.store.Questions;
import dev.plimsoll.sample.store.Sources;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// Reports, kept until their source is synced: for all processes of the service where they share a Redis.
public final class Reports {
    /// After which a report is made anew also without a sync.
    private static final Duration LIFE = Duration.ofMinutes(5);
    /// Of questions that a report looks back on.
    public static final int DAYS = 30;
    private static final int LINES = 50;
    /// An answer below this does not answer. Assumption: half the words of the question are missing there.
    private static final double WELL = 0.4;
    /// That kept reports take in this process; one of 50 lines is about 10 kB.
    private static final long MOST_BYTES = 2L * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Questions questions;
    private final Traces traces;
    private final Cache<String, List<Questions.Gap>> gaps;
    private final Cache<String, List<Questions.Impact>> impact;

    public Reports(Questions questions, Caches caches, CacheMeters meters, Traces traces) {
        this.questions = questions;
        this.traces = traces;
        gaps = cache(caches, "gaps", Questions.Gap[].class, List::of);
        impact = cache(caches, "impact", Questions.Impact[].class, List::of);
        meters.bind(gaps);
        meters.bind(impact);
    }

    private static <T> Cache<String, List<T>> cache(Caches caches, String name, Class<T[]> type,
            Function<T[], List<T>> list) {
        var codec = new Codec<List<T>>(name + "-1", JSON::writeValueAsBytes, bytes -> list.apply(JSON.readValue(bytes,
                type)));
        return caches.cache(KeyTemplate.of(name + ":{source}").tagged(Sources.TAG), codec, CachePolicy.fresh(LIFE)
                .bytes(MOST_BYTES));
    }

    /// Questions that the documents of a source answer badly.
    ///
    /// @param source empty for all
    public List<Questions.Gap> gaps(String source) {
        return traces.cache("gaps", span -> gaps.get(Sources.key(source), () -> questions.gaps(source, WELL, DAYS,
                LINES)));
    }

    /// Documents of a source by how many answers rest on them.
    ///
    /// @param source empty for all
    public List<Questions.Impact> impact(String source) {
        return traces.cache("impact", span -> impact.get(Sources.key(source), () -> questions.impact(source, DAYS,
                LINES)));
    }
}
