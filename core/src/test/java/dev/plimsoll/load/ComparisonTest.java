package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Comparison.Verdict;
import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    /// A run of one profile.
    private static LoadRun run(Validity validity, Stream<Second> seconds) {
        var sample = LoadRuns.sample(2000);
        var one = sample.profiles().getFirst();
        return new LoadRun(sample.version(), sample.target(), sample.stack(), sample.started(), sample.generator(), List
                .of(new ProfileRun(one.profile(), 0, 60, one.counts(), one.latencyMicros(), one.serviceMicros(), one
                        .curve(), seconds.toList(), one.requests(), one.verdicts(), validity, Optional.empty())),
                List
                        .of(),
                sample.inside());
    }

    private static LoadRun run(Stream<Second> seconds) {
        return run(Validity.of(LoadRuns.latency(6000, 20), 1, 500), seconds);
    }

    private static LoadRun steady(int seconds, long micros) {
        return run(Stream.generate(() -> second(Phase.MEASURED, micros, 100, 0)).limit(seconds));
    }

    private static Second second(Phase phase, long micros, long answered, long failed) {
        return new Second(0, phase, 100, new Counts(100, 100, 100, Map.of(Failure.STATUS, failed), 0), answered,
                LoadRuns.latency(100, micros), 0, 1, 0);
    }

    private static Comparison.Line line(LoadRun before, LoadRun after, String what) {
        return Comparison.of(before, after).lines().stream().filter(line -> line.what().equals(what)).findFirst()
                .orElseThrow();
    }

    private static Verdict verdict(LoadRun before, LoadRun after, String what) {
        return line(before, after, what).verdict();
    }

    @Test
    void theSameRunTwiceIsTheSame() {
        assertThat(Comparison.of(LoadRuns.sample(2000), LoadRuns.sample(2000)).lines()).isNotEmpty().filteredOn(
                line -> line.profile().equals("normal")).allSatisfy(
                        line -> assertThat(line.verdict()).isEqualTo(
                                Verdict.SAME));
    }

    @Test
    void aSlowerRunIsWorseAndAFasterOneBetter() {
        var slower = Comparison.of(LoadRuns.sample(2000), LoadRuns.sample(2600));
        assertThat(slower.isWorse()).isTrue();
        assertThat(slower.lines()).anySatisfy(line -> {
            assertThat(line.what()).isEqualTo("p99 ms");
            assertThat(line.verdict()).isEqualTo(Verdict.WORSE);
            assertThat(line.chance()).hasValueSatisfying(chance -> assertThat(chance).isLessThan(0.001));
        });
        assertThat(Comparison.of(LoadRuns.sample(2600), LoadRuns.sample(2000)).isWorse()).isFalse();
    }

    @Test
    void aRunThatDoesNotCountIsNotJudged() {
        assertThat(Comparison.of(LoadRuns.sample(2000), LoadRuns.sample(9000)).lines()).filteredOn(line -> line
                .profile().equals("spike")).isNotEmpty().allSatisfy(line -> assertThat(line.verdict()).isEqualTo(
                        Verdict.UNKNOWN));
    }

    @Test
    void bothRunsHaveToCount() {
        var late = run(Validity.of(LoadRuns.latency(10, 90_000), 1, 500), Stream.generate(() -> second(Phase.MEASURED,
                2000, 100, 0)).limit(60));
        assertThat(verdict(late, steady(60, 9000), "p50 ms")).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(steady(60, 9000), late, "p50 ms")).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void bothRunsNeedSomeSeconds() {
        assertThat(verdict(steady(7, 2000), steady(60, 9000), "p50 ms")).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(steady(60, 2000), steady(7, 9000), "p50 ms")).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(steady(8, 2000), steady(8, 9000), "p50 ms")).isEqualTo(Verdict.WORSE);
    }

    @Test
    void aDifferenceThatMayBeChanceIsNone() {
        var before = run(IntStream.rangeClosed(1, 8).mapToObj(at -> second(Phase.MEASURED, 1000L * at, 100, 0)));
        var after = run(IntStream.rangeClosed(2, 9).mapToObj(at -> second(Phase.MEASURED, 1000L * at, 100, 0)));
        var line = line(before, after, "p50 ms");
        assertThat(line.after()).isGreaterThan(1.15 * line.before());
        assertThat(line.verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void aDifferenceThatNobodyNoticesIsNoneHoweverCertainItIs() {
        var line = line(steady(60, 2000), steady(60, 2090), "p50 ms");
        assertThat(line.chance()).hasValueSatisfying(chance -> assertThat(chance).isLessThan(0.001));
        assertThat(line.verdict()).isEqualTo(Verdict.SAME);
        assertThat(verdict(steady(60, 2000), steady(60, 2110), "p50 ms")).isEqualTo(Verdict.WORSE);
    }

    @Test
    void moreAnswersAreBetterAndFewerWorse() {
        var few = run(Stream.generate(() -> second(Phase.MEASURED, 2000, 80, 0)).limit(60));
        assertThat(verdict(few, steady(60, 2000), "answers/s")).isEqualTo(Verdict.BETTER);
        assertThat(verdict(steady(60, 2000), few, "answers/s")).isEqualTo(Verdict.WORSE);
    }

    @Test
    void failuresInFewSecondsCount() {
        var failing = run(IntStream.range(0, 60).mapToObj(at -> second(Phase.MEASURED, 2000, 100, at % 3 == 0
                ? 20
                : 0)));
        assertThat(verdict(steady(60, 2000), failing, "failed share")).isEqualTo(Verdict.WORSE);
        assertThat(verdict(failing, steady(60, 2000), "failed share")).isEqualTo(Verdict.BETTER);
    }

    @Test
    void whatIsThrownAwayIsNotCompared() {
        var warmedUpSlowly = run(IntStream.range(0, 60).mapToObj(at -> at < 40
                ? second(Phase.WARM_UP, 9000, 10, 50)
                : second(Phase.MEASURED, 2000, 100, 0)));
        assertThat(Comparison.of(steady(60, 2000), warmedUpSlowly).lines()).allSatisfy(line -> assertThat(line
                .verdict()).isEqualTo(Verdict.SAME));
    }

    @Test
    void theTestAgreesWithTablesOfTheNormalDistribution() {
        assertThat(2 * Comparison.upperTail(1.959964)).isCloseTo(0.05, Offset.offset(1e-5));
        assertThat(Comparison.mannWhitney(new double[]{1, 2, 3, 4, 5, 6, 7, 8}, new double[]{9, 10, 11, 12, 13, 14, 15,
                16})).isCloseTo(0.000939, Offset.offset(1e-5));
        assertThat(Comparison.mannWhitney(new double[]{5, 5, 5}, new double[]{5, 5, 5})).isEqualTo(1);
    }

    @Test
    void noiseAloneIsSeldomADifference() {
        var random = new Random(3);
        var alarms = 0;
        for (var round = 0; round < 1000; round++) {
            alarms += Comparison.mannWhitney(random.doubles(60).toArray(), random.doubles(60).toArray()) < 0.01 ? 1 : 0;
        }
        assertThat(alarms).isBetween(1, 25);
    }
}
