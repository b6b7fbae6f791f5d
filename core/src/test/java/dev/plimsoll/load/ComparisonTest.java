package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Comparison.Verdict;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ComparisonTest {
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
