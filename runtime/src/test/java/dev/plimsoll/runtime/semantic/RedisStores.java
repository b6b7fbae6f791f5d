package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.redis.RedisServer;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Processes that share entries over a Redis, for the tests of what they tell each other.
abstract class RedisStores {
    static final String CHANGES = "test:semantic:changes";

    static final Duration HOUR = Duration.ofHours(1);

    final SplittableRandom random = new SplittableRandom(4);

    final LocalGenerations generations = new LocalGenerations();

    final Scope acme = VectorIndexTest.scope("acme");

    final float[] vector = Vectors.draw(384, random);

    final Question asked = Question.of("How do I reset my password?", vector);

    final Tag wiki = Tag.of("wiki");
    private final RedisServer.Kind kind;

    RedisServer redis;
    final List<RedisLink> links = new ArrayList<>();

    RedisStores(RedisServer.Kind kind) {
        this.kind = kind.installed();
    }

    @BeforeEach
    void start() {
        redis = RedisServer.start(kind);
    }

    @AfterEach
    void stop() {
        links.forEach(RedisLink::close);
        redis.close();
    }

    static Answer answer(String text) {
        return new Answer(text, Stamp.NONE, HOUR, OptionalDouble.of(0.4));
    }

    void hearEachOther(SemanticCache ours, SemanticCache theirs) {
        var other = Question.of("another", Vectors.draw(384, random));
        await(() -> ours.store(acme, other, "Click elsewhere.", List.of(wiki), HOUR));
        await(() -> theirs.lookup(acme, other) instanceof Lookup.Hit);
    }

    SemanticCache cache() {
        return cache(new Threshold.Fixed(0.9));
    }

    SemanticCache cache(Threshold threshold) {
        return cache(threshold, store());
    }

    SemanticCache cache(EntryStore store) {
        return cache(new Threshold.Fixed(0.9), store);
    }

    SemanticCache cache(Threshold threshold, EntryStore store) {
        return SemanticCache.ofDimensions(384).threshold(threshold).build(store, generations);
    }

    /// Over a link of its own, as another process has.
    RedisEntryStore store() {
        var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT.namespace("test"));
        links.add(link);
        return RedisEntryStore.over(link);
    }

    Question near(String text, double cosine) {
        return Question.of(text, Vectors.near(vector, cosine, random));
    }

    static void await(BooleanSupplier condition) {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
