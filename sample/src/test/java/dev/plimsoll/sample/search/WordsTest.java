package dev.plimsoll.sample.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @Test
    void leavesOutTheCommonest() {
        assertThat(Words.of("What does the hawk-moth drink?")).isEqualTo(List.of("hawk", "moth", "drink"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Äther über 3½ Ⅷ ٣ | äther über 3½ ⅷ ٣", "naïve—co-op's | naïve co op s",
            "日本 𝔸𝔹-x | 日本 𝔸𝔹 x", "_a_1_ | 1", "'' | ''", "... | ''"})
    void aWordIsOfLettersAndNumeralsOfAnyScript(String text, String words) {
        assertThat(String.join(" ", Words.of(text))).isEqualTo(words);
    }

    @Test
    void signsThatAreNoTextPartWords() {
        var random = new SplittableRandom(7);
        for (var time = 0; time < 2_000; time++) {
            var text = random.ints(12, 0, 0x3000).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                    StringBuilder::append).toString() + "\ud835";
            assertThat(Words.of(text)).isEqualTo(Pattern.compile("[\\p{L}\\p{N}]+").matcher(text.toLowerCase(
                    Locale.ROOT)).results().map(MatchResult::group).filter(word -> !Words.of(word).isEmpty()).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"lighthose,lighthouse", "keeppers,keepers", "ambr,amber", "herron,heron"})
    void wordsWithOneSlipOfThePenAreAlike(String wrong, String right) {
        assertThat(new Word(wrong).likeness(new Word(right))).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @CsvSource({"amber,azure", "keeper,weeping", "built,boat"})
    void otherWordsAreNot(String one, String other) {
        assertThat(new Word(one).likeness(new Word(other))).isLessThanOrEqualTo(0.5);
    }

    /// A question of thousands of words would keep a processor busy for seconds.
    @Test
    void theFirstFiftyWordsOfAQuestionAreLookedFor() {
        var first = IntStream.range(0, 50).mapToObj(number -> "word" + number).collect(Collectors.joining(" "));
        assertThat(Wanted.of(first + " and more").shareIn(first)).isEqualTo(1);
        assertThat(Wanted.of("moth lamps").shareIn("lamp")).isEqualTo(0.5);
        assertThat(Wanted.of("").shareIn("lamp")).isZero();
    }

    @Test
    void textsOnOneSubjectAreNearerThanOthers() {
        var embedder = new HashingEmbedder();
        var question = embedder.embed("What do hawk moths drink?");
        assertThat(question.cosine(embedder.embed("The hawk moth drinks nectar."))).isGreaterThan(question.cosine(
                embedder.embed("The lamp burns colza oil.")) + 0.2);
    }
}
