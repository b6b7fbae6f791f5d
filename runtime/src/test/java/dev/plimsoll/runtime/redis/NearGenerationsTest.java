package dev.plimsoll.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.tag.Tag;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearGenerationsTest {
    private static final int MOST = 100_000;
    private final NearGenerations near = new NearGenerations();
    private final Tag jira = Tag.of("jira:acme");

    private Generation current(Tag tag) {
        var generation = near.of(tag);
        assertThat(generation.settle(1)).isTrue();
        return generation;
    }

    @Test
    void aTagIsKnownUntilItIsDropped() {
        var generation = current(jira);
        assertThat(near.of(jira)).isSameAs(generation);
        near.drop(jira);
        assertThat(generation.isCurrent()).isFalse();
        assertThat(near.of(jira)).isNotSameAs(generation);
    }

    /// What is forgotten may not be relied on either, as its invalidation would find nothing to drop.
    @Test
    void madeUpTagsDoNotGrowTheMemoryAndWhatIsForgottenIsNotCurrent() {
        var first = current(jira);
        IntStream.range(1, MOST).forEach(tag -> near.of(Tag.of("made-up:" + tag)));
        assertThat(first.isCurrent()).isTrue();
        var last = current(Tag.of("one:more"));
        assertThat(first.isCurrent()).isFalse();
        assertThat(last.isCurrent()).isTrue();
        assertThat(near.of(jira)).isNotSameAs(first);
    }
}
