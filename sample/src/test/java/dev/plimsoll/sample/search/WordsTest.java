package dev.plimsoll.sample.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @Test
    void leavesOutTheCommonest() {
        assertThat(Words.of("What does the hawk-moth drink?")).isEqualTo(List.of("hawk", "moth", "drink"));
    }

    @ParameterizedTest
    @CsvSource({"lighthose,lighthouse", "keeppers,keepers", "ambr,amber", "herron,heron"})
    void wordsWithOneSlipOfThePenAreAlike(String wrong, String right) {
        assertThat(Words.likeness(wrong, right)).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @CsvSource({"amber,azure", "keeper,weeping", "built,boat"})
    void otherWordsAreNot(String one, String other) {
        assertThat(Words.likeness(one, other)).isLessThanOrEqualTo(0.5);
    }

    @Test
    void textsOnOneSubjectAreNearerThanOthers() {
        var embedder = new HashingEmbedder();
        var question = embedder.embed("What do hawk moths drink?");
        assertThat(question.cosine(embedder.embed("The hawk moth drinks nectar."))).isGreaterThan(question.cosine(
                embedder.embed("The lamp burns colza oil.")) + 0.2);
    }
}
