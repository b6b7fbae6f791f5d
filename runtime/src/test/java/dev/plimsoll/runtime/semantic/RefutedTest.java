package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefutedTest {
    private static final int KEPT = 10_000;
    private final Refuted refuted = new Refuted();
    private final Scope acme = VectorIndexTest.scope("acme");

    @Test
    void aPairIsOneOfAnEntryAndAQuestionInAScope() {
        refuted.add(acme, 1, 2);
        assertThat(refuted.contains(acme, 1, 2)).isTrue();
        assertThat(refuted.contains(acme, 2, 1)).isFalse();
        assertThat(refuted.contains(acme, 1, 3)).isFalse();
        assertThat(refuted.contains(VectorIndexTest.scope("other"), 1, 2)).isFalse();
    }

    @Test
    void theOldestPairsAreForgottenFirst() {
        for (var entry = 0; entry <= KEPT; entry++) {
            refuted.add(acme, entry, 7);
        }
        assertThat(refuted.contains(acme, 0, 7)).isFalse();
        assertThat(refuted.contains(acme, 1, 7)).isTrue();
        assertThat(refuted.contains(acme, KEPT, 7)).isTrue();
    }
}
