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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "What is -5 degrees in Fahrenheit?|What is 5 degrees in Fahrenheit?",
            "What is −5 °C in Fahrenheit?|What is 5 °C in Fahrenheit?",
            "What is 10 to the power of -3?|What is 10 to the power of 3?",
            "What is 10 to the power of minus three?|What is 10 to the power of three?",
            "Who owes me -$5?|Who owes me $5?",
            "Is the fee +2 %?|Is the fee -2 %?",
            "Is x > 5 valid?|Is x < 5 valid?",
            "Is x > 5 valid?|Is x >= 5 valid?",
            "What is 8 - 3?|What is 8 + 3?",
            "What is 8 * 3?|What is 8 / 3?",
            "What is x - y?|What is x / y?",
            "What is 2^3?|What is 2 3?",
            "What is 5!?|What is 5?",
            "Does a == b hold?|Does a != b hold?",
            "Does a = b hold?|Does a == b hold?",
            "How much is $5 worth?|How much is €5 worth?",
            "What is the tax on £100?|What is the tax on 100 yen?",
            "Is it 5 dollars?|Is it 5 euros?",
            "Is the fee 2 %?|Is the fee 2?",
            "Is the fee 2%?|Is the fee 2?",
            "Does the shop open at 3 am?|Does the shop open at 3 pm?",
            "Does the shop open at 3am?|Does the shop open at 3pm?",
            "Does the shop open at 3:30 AM?|Does the shop open at 3:30 PM?",
            "Does the shop open at 3 a.m.?|Does the shop open at 3 p.m.?",
            "Is version 1.10 supported?|Is version 1.1 supported?",
            "Is python 3.10 supported?|Is python 3.1 supported?",
            "Is python 3.10 per seat?|Is python 3.1 per seat?",
            "What is in March 1.10?|What is in March 1.1?",
            "Is version 1.000 out?|Is version 1 out?",
            "Reset user 007|Reset user 7",
            "What is the status of order 00123?|What is the status of order 123?",
            "What is -x?|What is x?",
            "What does grep -v print?|What does grep v print?",
            "Is .5 enough?|Is 5 enough?",
            "Is 10² enough?|Is 102 enough?"})
    void refusesWhatDiffersInASign(String asked, String stored) {
        assertThat(veto.refuses(asked, stored)).isTrue();
        assertThat(veto.refuses(stored, asked)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Who has 1,000 points?|Who has 1000 points?",
            "Is 1.50 kg too heavy?|Is 1.5kg too heavy?",
            "Is 1.0 GB enough?|Is 1 GB enough?",
            "Is $5.00 enough?|Is $5 enough?",
            "Is $5 enough?|Is 5 $ enough?",
            "Is $5 enough?|Is 5 dollars enough?",
            "Is USD 5 enough?|Is 5 USD enough?",
            "Is €2.50 enough?|Is 2.5 euros enough?",
            "Is the fee 2%?|Is the fee 2 %?",
            "Is the fee 2.5 percent?|Is the fee 2.5 per cent?",
            "Is it -5 °C?|Is it −5 °C?",
            "Is it -5 degrees?|Is it minus 5 degrees?",
            "Is .5 enough?|Is 0.5 enough?",
            "Does it open at 3 am?|Does it open at 3am?",
            "Does it open at 3 a.m.?|Does it open at 03 AM?",
            "What changed on March 05, 2024?|What changed on 5 March 2024?",
            "Is Oslo - the capital - cold?|Is Oslo, the capital, cold?",
            "Are 10–20 users enough?|Are 10 — 20 users enough?",
            "Am I on page 3?|Am I on page three?"})
    void letsEqualNumbersPassHoweverTheyAreWritten(String asked, String stored) {
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
    /// bounds are what was measured, not what is wished for.
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
    void comparesQuestionsHoweverMany() {
        for (var number = 0; number < 2_000; number++) {
            assertThat(veto.refuses("Who was mate number 7?", "Who was mate number " + number + "?"))
                    .isEqualTo(number != 7);
        }
    }

    @Test
    void refusesWhatIsTooLongToBeCompared() {
        var longest = "Who was mate and " + "what did the ship carry and ".repeat(17) + "where?";
        assertThat(longest).hasSize(499);
        assertThat(veto.refuses(longest, longest + " ")).isFalse();
        assertThat(veto.refuses(longest, longest + "  ")).isTrue();
        assertThat(veto.refuses(longest + "  ", longest)).isTrue();
    }
}
