package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Cliff.Axis;
import dev.plimsoll.load.Cliff.Ending;
import dev.plimsoll.load.Cliff.Outcome;
import dev.plimsoll.load.Cliff.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliffSearchTest {
    private static final CliffSearch RATE = search(Axis.RATE, 20, 20_000);

    private static CliffSearch search(Axis axis, double from, double to) {
        return new CliffSearch(axis, from, to, StepJudge.USUAL, CliffSearch.BUDGET, CliffSearch.STEP,
                CliffSearch.CONFIRMATION);
    }

    /// Workers, milliseconds for each request, Poisson arrivals.
    @ParameterizedTest
    @CsvSource({"1, 5, true", "4, 10, true", "8, 4, false", "2, 20, true"})
    void findsTheKneeOfAQueueTenTimesOutOfTen(int workers, double millis, boolean poisson) {
        var service = Simulated.constant(millis / 1000);
        var truth = new Simulated(workers, service, poisson, 99).truth(workers * 1000 / millis, 500);
        for (var seed = 0; seed < 10; seed++) {
            var cliff = new Simulated(workers, service, poisson, seed).search(RATE);
            assertThat(cliff.ending()).as(cliff.how()).isEqualTo(Ending.FOUND);
            assertThat(cliff.estimate().orElseThrow()).as("seed %d: %s", seed, cliff.how()).isCloseTo(truth, Percentage
                    .withPercentage(10));
            assertThat(seconds(cliff)).isLessThanOrEqualTo(240);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 8", "16, 50"})
    void serviceTimesThatVaryAreFoundNineTimesOutOfTen(int workers, double millis) {
        var service = Simulated.exponential(millis / 1000);
        var truth = new Simulated(workers, service, true, 99).truth(workers * 1000 / millis, 500);
        var found = 0;
        for (var seed = 0; seed < 10; seed++) {
            var cliff = new Simulated(workers, service, true, seed).search(RATE);
            assertThat(cliff.ending()).isIn(Ending.FOUND, Ending.OUT_OF_TIME);
            if (cliff.ending() == Ending.FOUND) {
                found++;
                assertThat(cliff.estimate().orElseThrow()).as("seed %d: %s", seed, cliff.how()).isCloseTo(truth,
                        Percentage.withPercentage(15));
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(9);
    }

    @Test
    void findsWhereACacheFallsOut() {
        for (var seed = 0; seed < 10; seed++) {
            var cliff = new Simulated(4, Simulated.cacheThatFallsOut(700, 0.002, 0.05), true, seed).search(RATE);
            assertThat(cliff.estimate().orElseThrow()).as("seed %d: %s", seed, cliff.how()).isCloseTo(700, Percentage
                    .withPercentage(15));
            assertThat(seconds(cliff)).isLessThanOrEqualTo(240);
        }
    }

    private static double seconds(Cliff cliff) {
        return cliff.steps().getLast().startedAt() + cliff.steps().getLast().span().toSeconds() + 2;
    }

    @Test
    void aServerThatHoldsTheHighestLevelHasNoCliff() {
        var cliff = new Simulated(4, Simulated.constant(0.001), false, 1).search(search(Axis.RATE, 50, 400));
        assertThat(cliff.ending()).isEqualTo(Ending.NOT_REACHED);
        assertThat(cliff.holds()).hasValue(400.0);
        assertThat(cliff.fails()).isEmpty();
        assertThat(cliff.steps().getLast().purpose()).isEqualTo(Purpose.CONFIRM);
    }

    @Test
    void aServerThatIsTooSlowForAnything() {
        var cliff = new Simulated(1, Simulated.constant(3), false, 1).search(search(Axis.RATE, 10, 400));
        assertThat(cliff.ending()).isEqualTo(Ending.FAILS_AT_ONCE);
        assertThat(cliff.holds()).isEmpty();
    }

    @Test
    void beginsLowerWhenTheFirstLevelFails() {
        var cliff = new Simulated(1, Simulated.constant(0.1), false, 1).search(search(Axis.RATE, 50, 400));
        assertThat(cliff.ending()).isEqualTo(Ending.FOUND);
        assertThat(cliff.estimate().orElseThrow()).isCloseTo(10, Percentage.withPercentage(10));
    }

    @Test
    void aGeneratorThatCannotGoHigherIsSaid() {
        var steps = List.of(step(100, Purpose.RAMP, Outcome.HOLDS), step(160, Purpose.RAMP, Outcome.VOID), step(160,
                Purpose.RAMP, Outcome.VOID));
        assertThat(RATE.next(steps, Duration.ofSeconds(30))).isEmpty();
        var cliff = RATE.result(steps, Optional.empty());
        assertThat(cliff.ending()).isEqualTo(Ending.GENERATOR);
        assertThat(cliff.how()).contains("the limit above 100 requests/s");
    }

    @Test
    void oneVoidStepIsTriedAgain() {
        var steps = List.of(step(100, Purpose.RAMP, Outcome.HOLDS), step(160, Purpose.RAMP, Outcome.VOID));
        assertThat(RATE.next(steps, Duration.ofSeconds(30)).map(CliffSearch.Trial::level)).hasValue(160.0);
    }

    @Test
    void aRefutedConfirmationStepsDown() {
        var steps = List.of(step(1000, Purpose.RAMP, Outcome.HOLDS), step(1040, Purpose.BISECT, Outcome.FAILS), step(
                1000, Purpose.CONFIRM, Outcome.FAILS), step(500, Purpose.RAMP, Outcome.HOLDS),
                step(1000,
                        Purpose.CONFIRM, Outcome.FAILS));
        assertThat(RATE.next(steps, Duration.ofSeconds(60)).map(CliffSearch.Trial::level)).hasValue(952.0);
        assertThat(RATE.result(steps, Optional.empty()).likely()).hasValue(new Cliff.Range(500, 1000));
    }

    @Test
    void connectionsAreWholeNumbers() {
        var search = search(Axis.CONNECTIONS, 1, 1000);
        var steps = new ArrayList<Cliff.Step>();
        for (var next = search.next(steps, Duration.ZERO); next.isPresent(); next = search.next(steps,
                Duration.ZERO)) {
            var trial = next.get();
            assertThat(trial.level()).isEqualTo(Math.rint(trial.level()));
            steps.add(step(trial.level(), trial.purpose(), trial.level() <= 7 ? Outcome.HOLDS : Outcome.FAILS));
        }
        var cliff = search.result(steps, Optional.empty());
        assertThat(cliff.holds()).hasValue(7.0);
        assertThat(cliff.fails()).hasValue(8.0);
        assertThat(cliff.ending()).isEqualTo(Ending.FOUND);
    }

    /// Whatever the steps give, the search ends in time and its bracket fits what was seen.
    @Test
    void anyOutcomesEndInTime() {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++) {
            var search = search(random.nextBoolean() ? Axis.RATE : Axis.CONNECTIONS, 1 + random.nextInt(100), 200
                    + random.nextInt(10_000));
            var steps = new ArrayList<Cliff.Step>();
            var elapsed = Duration.ZERO;
            for (var next = search.next(steps, elapsed); next.isPresent(); next = search.next(steps, elapsed)) {
                var trial = next.get();
                assertThat(trial.level()).isBetween(1.0, search.to() + 1);
                elapsed = elapsed.plus(trial.span()).plus(CliffSearch.SETTLING);
                assertThat(elapsed).isLessThanOrEqualTo(search.budget());
                steps.add(step(trial.level(), trial.purpose(),
                        List.of(Outcome.values()).get(Math.floorMod(random.nextInt(7), 3))));
            }
            var cliff = search.result(steps, Optional.empty());
            cliff.holds().ifPresent(low -> cliff.fails().ifPresent(high -> assertThat(low).isLessThan(high)));
            cliff.likely().ifPresent(range -> assertThat(range.low()).isLessThanOrEqualTo(range.high()));
            assertThat(cliff.how()).isNotBlank();
        }
    }

    @Test
    void aBacklogThatGrowsFailsBeforeTheObjectiveDoes() {
        var recording = new Simulated(1, Simulated.constant(0.01), false, 1).record(102, 10, 1);
        assertThat(Latency.millis(recording.latency().p99())).isLessThan(500);
        assertThat(StepJudge.judge(StepJudge.USUAL, recording, Validity.of(Latency.NONE, 1, 500), 0).why()).startsWith(
                "a backlog grows");
    }

    /// Every client still waits for the answer that it asked for while the level settled.
    @Test
    void aServerThatAnswersNothingDoesNotHold() {
        var recording = new Recording(new Arrivals.Closed(5, Duration.ofSeconds(1), Duration.ofSeconds(10)), 1, Duration
                .ofSeconds(10));
        recording.due(0, Stage.Phase.WARM_UP, 0, 0);
        assertThat(StepJudge.judge(StepJudge.USUAL, recording, Validity.of(Latency.NONE, 1, 500), 1).outcome())
                .isEqualTo(Outcome.FAILS);
    }

    @Test
    void aLevelHoldsWhereNearlyEverythingIsAnswered() {
        assertThat(StepJudge.judge(StepJudge.USUAL, answering(95), Validity.of(Latency.NONE, 1, 500), 5).outcome())
                .isEqualTo(Outcome.HOLDS);
        assertThat(StepJudge.judge(StepJudge.USUAL, answering(94), Validity.of(Latency.NONE, 1, 500), 6).why())
                .isEqualTo("94.0 % of the requests were answered in time, and 95 % are needed");
    }

    /// So many of a hundred requests.
    private static Recording answering(int answered) {
        var recording = new Recording(new Arrivals.Closed(5, Duration.ofSeconds(1), Duration.ofSeconds(10)), 1, Duration
                .ofSeconds(10));
        for (var at = 0; at < 100; at++) {
            recording.due(2, Stage.Phase.MEASURED, 0, 0);
            if (at < answered) {
                recording.ended(new Ended(0, 2, Stage.Phase.MEASURED, 1000, Optional.of(1000L), true, false, Optional
                        .empty(), 0), 2);
            }
        }
        return recording;
    }

    private static Cliff.Step step(double level, Purpose purpose, Outcome outcome) {
        return new Cliff.Step(level, purpose, 0, Duration.ofSeconds(10), Counts.NONE, Latency.NONE, Validity.of(
                Latency.NONE, 1, 500), level, outcome, "made up");
    }
}
