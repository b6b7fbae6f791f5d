package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
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

    @Test
    void whateverOthersComplainOfAScopeKeepsItsPairs() {
        refuted.add(acme, 1, 2);
        for (var entry = 0; entry < 2 * KEPT; entry++) {
            refuted.add(VectorIndexTest.scope("other"), entry, 7);
        }
        assertThat(refuted.contains(acme, 1, 2)).isTrue();
        assertThat(refuted.contains(VectorIndexTest.scope("other"), KEPT, 7)).isFalse();
        assertThat(refuted.contains(VectorIndexTest.scope("other"), KEPT + 1, 7)).isTrue();
    }

    @Test
    void manyScopesTogetherKeepNoMoreThanTheBound() {
        for (var number = 0; number < KEPT + 100; number++) {
            refuted.add(VectorIndexTest.scope("tenant " + number), 1, 2);
        }
        assertThat(IntStream.range(0, KEPT + 100).filter(number -> refuted.contains(VectorIndexTest.scope("tenant "
                + number), 1, 2))).hasSize(KEPT).allMatch(number -> number >= 100);
    }

    @Test
    void whatIsForgottenMakesRoom() {
        refuted.add(acme, 0, 7);
        for (var entry = 1; entry <= 2 * KEPT; entry++) {
            refuted.add(acme, entry, 7);
            refuted.forget(acme, entry, 7);
        }
        assertThat(refuted.contains(acme, 0, 7)).isTrue();
        assertThat(refuted.contains(acme, 1, 7)).isFalse();
    }
}
