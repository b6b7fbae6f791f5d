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
            "Is it legal to park here?|Is it illegal to park here?",
            "Has the invoice been paid?|When was the invoice paid?",
            "How do I reset the device?|Why was the device reset?",
            "What are the steps to reset the device?|Who reset the device?",
            "Must visitors sign in?|May visitors sign in?",
            "Which guests have to sign in?|Which guests are allowed to sign in?",
            "Did Alice pay the invoice?|Will Alice pay the invoice?",
            "Do all rooms have a safe?|Do any rooms have a safe?",
            "Does the fare cover bags?|Does the fare cover only bags?",
            "Does Acme ship to Oslo?|Does Acme ship from Oslo?",
            "Who replaced Alice?|Whom did Alice replace?",
            "Did Alice beat Bob?|Is it true that Bob beat Alice?",
            "Did Alice lend Bob money?|Did Alice borrow money from Bob?",
            "Is Oslo older than Rome?|Is Oslo younger than Rome?",
            "Is Oslo older than Rome?|Is Oslo as old as Rome?",
            "Are seats still free?|Are seats already taken?",
            "Is the invoice paid?|Is the invoice unpaid?"})
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
            "Can I reset my password here?|How can I reset my password here?",
            "What do I do to reset my password?|How can I reset my password?",
            "Did Alice beat Bob?|Was Bob beaten by Alice?",
            "Did Alice lend Bob money?|Did Bob borrow money from Alice?",
            "Is Oslo older than Rome?|Is Rome younger than Oslo?",
            "Is Oslo certified?|Does Oslo hold a certificate?",
            "Is it cheaper in Oslo or in Rome?|Where is it cheaper, Oslo or Rome?",
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

    /// What the figures above are worth: groups of other phrasings, the last of which no rule was adapted to. The
    /// bounds
    /// are what was measured, not what is wished for.
    @ParameterizedTest
    @CsvSource({"questions-unseen.txt,75,100", "questions-apart.txt,190,700", "questions-sealed.txt,280,880"})
    void isLessSureOfPhrasingsItWasNotMadeFor(String file, int mostPassed, int mostRefused) {
        var corpus = new Corpus(file, 13);
        var passed = Stream.generate(corpus::hardNegative).limit(2000).filter(pair -> !veto.refuses(pair.asked(), pair
                .stored())).toList();
        var lost = Stream.generate(corpus::paraphrase).limit(2000).filter(pair -> veto.refuses(pair.asked(), pair
                .stored())).toList();
        assertThat(passed.size()).as(() -> lines(passed)).isLessThanOrEqualTo(mostPassed);
        assertThat(lost.size()).as(() -> lines(lost)).isLessThanOrEqualTo(mostRefused);
    }

    private static String lines(List<Corpus.Pair> pairs) {
        return pairs.stream().map(Corpus.Pair::toString).distinct().collect(Collectors.joining("\n"));
    }

    @Test
    void comparesQuestionsHoweverLongAndHoweverMany() {
        var long1 = "Who was mate number 1 and " + "what did the ship carry and ".repeat(40) + "where?";
        assertThat(veto.refuses(long1, long1.replace("number 1", "number 2"))).isTrue();
        assertThat(veto.refuses(long1, long1)).isFalse();
        for (var number = 0; number < 2_000; number++) {
            assertThat(veto.refuses("Who was mate number 7?", "Who was mate number " + number + "?"))
                    .isEqualTo(number != 7);
        }
    }
}
