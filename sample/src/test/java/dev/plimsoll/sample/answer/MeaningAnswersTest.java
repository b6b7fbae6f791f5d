package dev.plimsoll.sample.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.semantic.LocalEntryStore;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.search.HashingEmbedder;
import dev.plimsoll.sample.search.Vector;
import dev.plimsoll.sample.store.Sources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which answers are kept, and for whom.
class MeaningAnswersTest {
    private static final String QUESTION = "When does the tide turn?";
    private static final Answer.Citation CITATION = new Answer.Citation(1, "Tide", 0, "The tide turns late.", 0.9);

    private final LocalGenerations generations = new LocalGenerations();
    private final LocalEntryStore store = new LocalEntryStore(1 << 20);
    private final MeaningAnswers answers = answers("small");

    private MeaningAnswers answers(String model) {
        return new MeaningAnswers(generations, new byte[]{1}, () -> store, model, model, new SimpleMeterRegistry(),
                Traces.none());
    }

    private static Answer answer(String model, Answer.Citation... citations) {
        return new Answer("Late.", 0.9, model, List.of(citations));
    }

    private Asking.Reply ask(String source, Answer made) {
        return answers.get(source, QUESTION, new HashingEmbedder().embed(QUESTION), () -> made);
    }

    @Test
    void whatTheModelWroteFromDocumentsIsKeptForItsSource() {
        assertThat(ask("late", answer("small", CITATION)).cached()).isFalse();
        assertThat(ask("late", answer("small"))).isEqualTo(new Asking.Reply(answer("small", CITATION), true));
        assertThat(ask("other", answer("small")).cached()).isFalse();
        assertThat(ask("", answer("small")).cached()).isFalse();
    }

    @Test
    void whatIsGivenInItsPlaceIsNotKept() {
        ask("late", answer("extractive", CITATION));
        assertThat(ask("late", answer("small", CITATION)).cached()).isFalse();
    }

    @Test
    void whatRestsOnNoDocumentIsNotKept() {
        ask("late", answer("small"));
        assertThat(ask("late", answer("small", CITATION)).cached()).isFalse();
    }

    @Test
    void whatRestedOnASourceThatChangedMeanwhileIsNotKept() {
        answers.get("late", QUESTION, new HashingEmbedder().embed(QUESTION), () -> {
            new Sources(generations).changed("late");
            return answer("small", CITATION);
        });
        assertThat(ask("late", answer("small", CITATION)).cached()).isFalse();
        assertThat(ask("late", answer("small")).cached()).isTrue();
    }

    @Test
    void withoutAVectorNothingIsKept() {
        var made = answer("small", CITATION);
        assertThat(Optional.of(answers.get("late", QUESTION, Vector.NONE, () -> made))).contains(new Asking.Reply(made,
                false));
        assertThat(store.bytes()).isZero();
    }

    @Test
    void withAVectorThatNoCacheTakesNothingIsKept() {
        for (var dimensions : List.of(1, 127, 4097)) {
            var numbers = new float[dimensions];
            numbers[0] = 1;
            for (var time = 0; time < 2; time++) {
                assertThat(answers.get("late", QUESTION, Vector.of(numbers), () -> answer("small", CITATION)).cached())
                        .isFalse();
            }
        }
        assertThat(store.bytes()).isZero();
    }
}
