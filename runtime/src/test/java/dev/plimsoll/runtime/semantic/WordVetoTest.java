package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordVetoTest {
    private final Veto veto = new WordVeto();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Which plan has 5 users?|Which plan has 50 users?",
            "Is 10GB enough?|Is 10 MB enough?",
            "What changed on 2024-03-05?|What changed on April 5, 2024?",
            "Which invoices are paid?|Which invoices are not paid?",
            "How do I turn on logging?|How do I turn off logging?",
            "Can I cancel my card?|Can I cancel my loan?",
            "Who manages Alice?|Who manages Robert?",
            "Is Python faster than Java?|Is Java faster than Python?",
            "Does Alice manage Bob?|Does Bob manage Alice?",
            "Does Alice manage Bob?|Is Alice managed by Bob?",
            "Flights from Oslo to Rome|Flights from Rome to Oslo",
            "When was Rome founded?|Where was Rome founded?",
            "Is it legal to park here?|Is it illegal to park here?"})
    void refusesWhatLooksAlikeAndIsNot(String asked, String stored) {
        assertThat(veto.refuses(asked, stored)).isTrue();
        assertThat(veto.refuses(stored, asked)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "How do I delete my account?|What is the way to remove my account?",
            "What changed on 2024-03-05?|What changed on March 5, 2024?",
            "Is a disk of 10GB enough?|Would a disk of 10 GB be enough?",
            "What is the capital of France?|France's capital is what?",
            "Flights from Oslo to Rome|Flights to Rome from Oslo",
            "Does Alice manage Bob?|Is Bob managed by Alice?",
            "Do two users suffice?|Would 2 users suffice?",
            "HOW DO I RESET MY PASSWORD|how do I reset my password"})
    void letsTheSamePass(String asked, String stored) {
        assertThat(veto.refuses(asked, stored)).isFalse();
        assertThat(veto.refuses(stored, asked)).isFalse();
    }

    @Test
    void refusesAllOfTwoThousandHardNegatives() {
        var corpus = new Corpus("questions.txt", 11);
        var pairs = Stream.generate(corpus::hardNegative).limit(2000).toList();
        assertThat(pairs).allMatch(pair -> veto.refuses(pair.asked(), pair.stored()));
        assertThat(pairs.stream().map(Corpus.Pair::kind).distinct()).hasSize(7);
    }

    @Test
    void losesAtMostOneInTwentyParaphrases() {
        var corpus = new Corpus("questions.txt", 12);
        var pairs = Stream.generate(corpus::paraphrase).limit(2000).toList();
        assertThat(pairs.stream().filter(pair -> veto.refuses(pair.asked(), pair.stored())).count())
                .isLessThanOrEqualTo(100);
    }

    /// Groups that were written afterwards, and that the word lists were not adapted to: what the figures above are
    /// worth.
    /// The bounds are what was measured, not what is wished for.
    @Test
    void passesOneHardNegativeInTwentyOfGroupsItWasNotMadeFor() {
        var corpus = new Corpus("questions-unseen.txt", 13);
        var passed = Stream.generate(corpus::hardNegative).limit(2000).filter(pair -> !veto.refuses(pair.asked(), pair
                .stored())).toList();
        var lost = Stream.generate(corpus::paraphrase).limit(2000).filter(pair -> veto.refuses(pair.asked(), pair
                .stored())).toList();
        assertThat(passed.size()).as(() -> lines(passed)).isLessThanOrEqualTo(105);
        assertThat(lost.size()).as(() -> lines(lost)).isLessThanOrEqualTo(60);
    }

    private static String lines(List<Corpus.Pair> pairs) {
        return pairs.stream().map(Corpus.Pair::toString).distinct().collect(Collectors.joining("\n"));
    }
}
