package dev.plimsoll.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.units.MemorySize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Contestant PLAN = Contestants.planned(MemorySize.ofGigabytes(1));
    private static final Contestant STOCK = Contestants.stock();
    private static final Step WRITE = new Step("w", "w", Step.Kind.TPC_B, 1);
    private static final Step BUILD = new Step("b", "b", Step.Kind.BUILD, 1);

    private final Results results = new Results();

    private void add(Step step, Contestant contestant, double perSecond, Optional<Integer> buildSeconds) {
        results.add(step, contestant, new Outcome(perSecond, 1, buildSeconds.map(Duration::ofSeconds), false, 1, 2,
                Held.NOTHING));
    }

    private Ratios ratios() {
        return new Ratios(List.of(PLAN, STOCK), List.of(WRITE, BUILD), results);
    }

    @Test
    void medianIsBetweenTheTwoInTheMiddle() {
        assertThat(Results.median(DoubleStream.of(9, 1, 2, 4))).hasValue(3);
        assertThat(Results.median(DoubleStream.of(9, 1, 2))).hasValue(2);
        assertThat(Results.median(DoubleStream.empty())).isEmpty();
    }

    @Test
    void refusedClientsHaveNoThroughput() {
        add(WRITE, PLAN, 10, Optional.empty());
        results.add(WRITE, STOCK, new Outcome(0, 0, Optional.empty(), true, 0, 0, Held.NOTHING));
        assertThat(results.median(WRITE, STOCK, Outcome::perSecond)).isEmpty();
        assertThat(ratios().throughput(WRITE)).containsExactly("-");
    }

    @Test
    void killsAndBreaksAddUpOverTheLoads() {
        add(WRITE, PLAN, 10, Optional.empty());
        add(BUILD, PLAN, 10, Optional.empty());
        assertThat(results.oomKills(PLAN)).isEqualTo(4);
        assertThat(results.breaks(PLAN)).isEqualTo(2);
        assertThat(results.oomKills(STOCK)).isZero();
    }

    /// TPC-B twice as fast; beside the build half as fast, the build four times as fast: sqrt(2 * sqrt(0.5 * 4)).
    @Test
    void writesAreTheGeometricMeanOfTheLoadsThatWrite() {
        add(WRITE, PLAN, 20, Optional.empty());
        add(WRITE, STOCK, 10, Optional.empty());
        add(BUILD, PLAN, 5, Optional.of(2));
        add(BUILD, STOCK, 10, Optional.of(8));
        assertThat(ratios().throughput(WRITE)).containsExactly("2.00");
        assertThat(ratios().builds(BUILD)).containsExactly("4.00");
        assertThat(ratios().writes()).isEqualTo("1.68 × stock");
        assertThat(Results.geometricMean(List.of(2.0, 8.0))).isCloseTo(4, within(1e-9));
    }

    @Test
    void peakIsTheLargestOfAllRounds() {
        var large = new Held(MemorySize.ofMegabytes(10), MemorySize.ofMegabytes(20), MemorySize.ofMegabytes(3));
        add(WRITE, PLAN, 10, Optional.empty());
        results.add(WRITE, PLAN, new Outcome(10, 1, Optional.empty(), false, 0, 0, large));
        add(WRITE, PLAN, 10, Optional.empty());
        assertThat(results.peak(WRITE, PLAN)).isEqualTo(large);
    }
}
