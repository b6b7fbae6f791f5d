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
    void affectAnAnswerOfTheirScopeThatWasBeingMade() {
        documents.add(acme, near);
        assertThat(documents.affect(acme, question, 0.4f, 0)).isTrue();
        assertThat(documents.affect(acme, question, 0.6f, 0)).isFalse();
        assertThat(documents.affect(other, question, 0.4f, 0)).isFalse();
        assertThat(documents.affect(acme, question, 0.4f, documents.added())).isFalse();
    }

    @Test
    void thatWereForgottenAffectEveryAnswerThatIsOlder() {
        var before = documents.added();
        for (var at = 0; at < KEPT; at++) {
            documents.add(VectorIndexTest.scope("tenant " + at), near);
        }
        assertThat(documents.affect(acme, question, 0.4f, before)).isFalse();
        documents.add(other, near);
        assertThat(documents.affect(acme, question, 0.4f, before)).isTrue();
        assertThat(documents.affect(acme, question, 0.4f, before + 1)).isFalse();
    }
}
