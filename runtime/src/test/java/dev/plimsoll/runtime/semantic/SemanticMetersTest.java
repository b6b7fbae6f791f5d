package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.tag.LocalGenerations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SemanticMetersTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final SplittableRandom random = new SplittableRandom(3);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SemanticCache cache = SemanticCache.ofDimensions(384).build(new LocalEntryStore(1 << 24),
            new LocalGenerations());
    private final Scope acme = VectorIndexTest.scope("acme");

    @Test
    void lookupsAreCountedByHowTheyEnd() {
        new SemanticMeters(cache, "answers").bindTo(registry);
        var vector = Vectors.draw(384, random);
        var asked = Question.of("How do I reset my password?", vector);
        cache.lookup(acme, asked);
        cache.store(acme, asked, "Click on Forgot.", List.of(), HOUR);
        cache.lookup(acme, asked);
        cache.lookup(acme, Question.of("What is the way to reset my password?", vector));
        assertThat(lookups("nothing_near")).isEqualTo(1);
        assertThat(lookups("exact")).isEqualTo(1);
        assertThat(lookups("not_calibrated")).isEqualTo(1);
        assertThat(lookups("near")).isZero();
        assertThat(registry.get("plimsoll.semantic.stored").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("plimsoll.semantic.stale").functionCounter().count()).isZero();
    }

    @Test
    void whatIsHeldAndLearnedIsMeasured() {
        new SemanticMeters(cache, "answers").bindTo(registry);
        assertThat(gauge("plimsoll.semantic.entries")).isZero();
        assertThat(gauge("plimsoll.semantic.thresholds")).isZero();
        var vector = Vectors.draw(384, random);
        cache.store(acme, Question.of("How do I reset my password?", vector), "Click on Forgot.", List.of(), HOUR);
        for (var verdict = 0; verdict < 600; verdict++) {
            cache.feedback(cache.lookup(acme, Question.of("What is the way to reset my password?", vector)), true);
        }
        assertThat(gauge("plimsoll.semantic.entries")).isEqualTo(1);
        assertThat(gauge("plimsoll.semantic.index")).isEqualTo(cache.indexBytes()).isPositive();
        assertThat(gauge("plimsoll.semantic.thresholds")).isEqualTo(1);
    }

    private double lookups(String outcome) {
        return registry.get("plimsoll.semantic.lookups").tags("cache", "answers", "outcome", outcome).functionCounter()
                .count();
    }

    private double gauge(String name) {
        return registry.get(name).tag("cache", "answers").gauge().value();
    }
}
