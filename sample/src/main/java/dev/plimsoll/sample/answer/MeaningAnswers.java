package dev.plimsoll.sample.answer;

import dev.plimsoll.runtime.semantic.EntryStore;
import dev.plimsoll.runtime.semantic.Lookup;
import dev.plimsoll.runtime.semantic.Question;
import dev.plimsoll.runtime.semantic.Scope;
import dev.plimsoll.runtime.semantic.SemanticCache;
import dev.plimsoll.runtime.semantic.SemanticMeters;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.search.Vector;
import dev.plimsoll.sample.store.Sources;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Answers in the semantic cache. What is near is trusted only as far as fresh answers confirmed it: where the cache
/// shows an entry that it does not give, the fresh answer is compared with it.
public final class MeaningAnswers implements Answers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeaningAnswers.class);
    private static final Duration LIFE = Duration.ofMinutes(10);
    /// Of an answer as it is stored: those of another version of the service are not given.
    private static final String FORMAT = "1";
    /// A 24th of a heap of 96 MB.
    private static final long INDEX_BYTES = 4L * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Generations generations;
    private final Traces traces;
    private final String models;
    private final String writer;
    private final Counter hits;
    private final Counter misses;
    private final MeterRegistry metrics;
    private final byte[] secret;
    private final Supplier<EntryStore> store;
    /// One, once the embedder has shown how long its vectors are; none for lengths that no cache takes.
    private final ConcurrentMap<Integer, Optional<SemanticCache>> caches = new ConcurrentHashMap<>();

    /// @param secret the same in all processes that share answers
    /// @param store opened once it is known how long the vectors are
    /// @param models that write and embed: answers of others are not given
    /// @param writer whose answers are kept: what is given in its place, when it fails, is not
    public MeaningAnswers(Generations generations, byte[] secret, Supplier<EntryStore> store, String models,
            String writer, MeterRegistry metrics, Traces traces) {
        this.secret = secret.clone();
        this.store = store;
        this.writer = writer;
        this.generations = generations;
        this.models = models;
        this.traces = traces;
        this.metrics = metrics;
        // Beside the figures of the semantic cache, as load runs look for these names.
        hits = gets("hit");
        misses = gets("miss");
    }

    private Counter gets(String result) {
        return Counter.builder("cache.gets").tag("cache", "answers").tag("level", "semantic").tag("result", result)
                .register(metrics);
    }

    @Override
    public Asking.Reply get(String source, String question, Vector vector, Supplier<Answer> make) {
        if (vector.isZero()) {
            return new Asking.Reply(make.get(), false);
        }
        return caches.computeIfAbsent(vector.dimensions(), this::measured).map(cache -> get(cache, source, Question.of(
                question, vector.floats()), make)).orElseGet(() -> new Asking.Reply(make.get(), false));
    }

    private Asking.Reply get(SemanticCache cache, String source, Question question, Supplier<Answer> make) {
        var scope = Scope.of(secret, Map.of("source", Sources.key(source), "models", models, "format", FORMAT));
        var stamp = generations.stamp(Sources.tags(source));
        var lookup = traces.cache("answers", span -> {
            var found = cache.lookup(scope, question);
            Traces.hit(span, found instanceof Lookup.Hit);
            return found;
        });
        return switch (lookup) {
            case Lookup.Hit hit -> {
                hits.increment();
                yield new Asking.Reply(read(hit.answer()), true);
            }
            case Lookup.Miss miss -> {
                misses.increment();
                var fresh = make.get();
                if (fresh.model().equals(writer)) {
                    learn(cache, miss, fresh, stamp);
                }
                yield new Asking.Reply(fresh, false);
            }
        };
    }

    private Optional<SemanticCache> measured(int dimensions) {
        if (dimensions < SemanticCache.LEAST_DIMENSIONS || dimensions > SemanticCache.MOST_DIMENSIONS) {
            LOG.warn("answers are not kept: the embedding model makes vectors of {} dimensions, and {} to {} can be",
                    dimensions, SemanticCache.LEAST_DIMENSIONS, SemanticCache.MOST_DIMENSIONS);
            return Optional.empty();
        }
        var cache = SemanticCache.ofDimensions(dimensions).indexBytes(INDEX_BYTES).build(store.get(), generations);
        new SemanticMeters(cache, "answers").bindTo(metrics);
        return Optional.of(cache);
    }

    private static void learn(SemanticCache cache, Lookup.Miss miss, Answer fresh, Stamp stamp) {
        miss.found().ifPresent(found -> cache.feedback(miss, read(found.entry().answer()).text().equals(fresh.text())));
        if (!fresh.citations().isEmpty()) {
            cache.store(miss, new dev.plimsoll.runtime.semantic.Answer(JSON.writeValueAsString(fresh), stamp, LIFE,
                    OptionalDouble.empty()));
        }
    }

    private static Answer read(String json) {
        return JSON.readValue(json, Answer.class);
    }

    @Override
    public void close() {
        caches.values().forEach(cache -> cache.ifPresent(SemanticCache::close));
    }
}
