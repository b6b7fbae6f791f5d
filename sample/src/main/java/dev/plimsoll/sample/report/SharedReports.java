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
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// Reports that all processes of the service share through Redis.
public final class SharedReports implements Reports {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Questions questions;
    private final Traces traces;
    private final Cache<String, List<Questions.Gap>> gaps;
    private final Cache<String, List<Questions.Impact>> impact;

    public SharedReports(Questions questions, Caches caches, CacheMeters meters, Traces traces) {
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

    @Override
    public List<Questions.Gap> gaps(String source) {
        return traces.cache("gaps", span -> gaps.get(Sources.key(source), () -> questions.gaps(source, WELL, DAYS,
                LINES)));
    }

    @Override
    public List<Questions.Impact> impact(String source) {
        return traces.cache("impact", span -> impact.get(Sources.key(source), () -> questions.impact(source, DAYS,
                LINES)));
    }
}
