package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final int DIMENSIONS = 1024;
    private static final int KEPT = 2048;
    private final SplittableRandom random = new SplittableRandom(5);
    private final Documents documents = new Documents(DIMENSIONS);
    private final Scope acme = VectorIndexTest.scope("acme");
    private final Scope other = VectorIndexTest.scope("other");
    private final float[] question = Vectors.draw(DIMENSIONS, random);
    private final float[] near = Vectors.near(question, 0.5, random);

    @Test
    void affectAnAnswerOfTheirScopeThatWasBegunBefore() {
        documents.add(at(2), acme, near);
        assertThat(documents.affect(acme, question, 0.4f, at(1))).isTrue();
        assertThat(documents.affect(acme, question, 0.6f, at(1))).isFalse();
        assertThat(documents.affect(other, question, 0.4f, at(1))).isFalse();
        assertThat(documents.affect(acme, question, 0.4f, at(2))).isFalse();
    }

    /// As those of other processes are heard later than one's own.
    @Test
    void mayComeInAnyOrder() {
        documents.add(at(3), other, near);
        documents.add(at(2), acme, near);
        assertThat(documents.affect(acme, question, 0.4f, at(1))).isTrue();
        assertThat(documents.affect(acme, question, 0.4f, at(2))).isFalse();
    }

    @Test
    void thatWereForgottenAffectEveryAnswerThatIsOlder() {
        for (var at = 1; at <= KEPT; at++) {
            documents.add(at(at), VectorIndexTest.scope("tenant " + at), near);
        }
        assertThat(documents.affect(acme, question, 0.4f, at(0))).isFalse();
        documents.add(at(KEPT + 1), other, near);
        assertThat(documents.affect(acme, question, 0.4f, at(0))).isTrue();
        assertThat(documents.affect(acme, question, 0.4f, at(1))).isFalse();
    }

    @Test
    void thatAreToldOnceMoreAreKeptOnce() {
        for (var at = 1; at <= KEPT; at++) {
            documents.add(at(at), other, near);
        }
        for (var at = 1; at <= KEPT; at++) {
            documents.add(at(at), other, near);
        }
        assertThat(documents.affect(acme, question, 0.4f, at(0))).isFalse();
    }

    @Test
    void ofALaterRunAffectWhatWasBegunInAFormerOne() {
        documents.add(at(5), acme, near);
        assertThat(documents.affect(acme, question, 0.4f, new Position("second", 1, 0))).isFalse();
        documents.add(new Position("second", 2, 0), acme, near);
        assertThat(documents.affect(acme, question, 0.4f, new Position("second", 1, 0))).isTrue();
        assertThat(documents.affect(acme, question, 0.4f, new Position("second", 2, 0))).isFalse();
        assertThat(documents.affect(other, question, 0.4f, at(9))).isTrue();
    }

    private static Position at(long time) {
        return new Position("first", time, 0);
    }
}
