package dev.plimsoll.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.units.MemorySize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Held PEAK = new Held(MemorySize.ofMegabytes(100), MemorySize.ofMegabytes(200),
            MemorySize.ofMegabytes(42));
    private static final Machine MACHINE = new Machine("Debian", "PostgreSQL 15.18", 2, "0.1", "0.2");

    private Options options = Options.of(List.of("--rounds=1", "--work=/somewhere"));
    private final Results results = new Results();

    private String page() {
        var contestants = Contestants.all(options);
        var build = Optional.of(Duration.ofMillis(2500));
        for (var step : options.steps()) {
            var rate = 300.0;
            for (var contestant : contestants) {
                var refused = step.clients() > contestant.connections() && !contestant.pooled();
                results.add(step, contestant, new Outcome(rate, 12.5, build, refused, 0, refused ? 0 : 2, PEAK));
                rate -= 100;
            }
        }
        return new Page(options, List.of("--rounds=1", "--work=/somewhere"), contestants, results, MACHINE, Duration
                .ofSeconds(61)).text();
    }

    @Test
    void everyPlaceIsFilled() {
        assertThat(page()).doesNotContainPattern("\\{[a-z]+}").contains("Debian, 2 cores, PostgreSQL 15.18",
                "load average 0.1 before the run and 0.2 after it", "2 minutes here");
    }

    @Test
    void throughputComesWithRatiosToTheOthers() {
        assertThat(page()).contains("| select-only, 20 clients | 300 | 200 | 100 | 1.50 | 3.00 |",
                "| mixed, 120 clients | 300 | 200 | - | 1.50 | - |",
                "| one index build, seconds | 2.50 | 2.50 | 2.50 | 1.00 | 1.00 |");
    }

    @Test
    void rangeOfTheRoundsShowsHowMuchTheMachineWavers() {
        var step = options.steps().getFirst();
        results.add(step, Contestants.stock(), new Outcome(500, 1, Optional.empty(), false, 0, 0, PEAK));
        assertThat(page()).contains("| 300 (100 to 500) |");
    }

    @Test
    void peakStandsBesideForecastAndCeiling() {
        var plan = Contestants.planned(options.limit());
        var forecast = Forecast.of(plan, options.steps().getFirst());
        assertThat(page()).contains("| TPC-B-like, 20 clients | 20 | " + forecast.megabytes() + " | 342 | " + Page
                .number("%.2f", PEAK.total().ratioTo(forecast)) + " | 100 | 200 | 42 | ")
                .contains("| OOM kills | 12 | 12 | 10 |");
    }

    @Test
    void changedSettingIsASideOfItsOwn() {
        options = Options.of(List.of("--variant=commit_delay=200", "--variant=wal_compression=pglz"));
        assertThat(Contestants.all(options).stream().map(Contestant::id)).endsWith("commit-delay-200",
                "wal-compression-pglz").doesNotHaveDuplicates();
        assertThat(page()).contains("| Plimsoll / commit_delay = 200 |",
                "| wal_compression | lz4 | lz4 | built-in | lz4 "
                        + "| pglz |",
                "Further sides are the plan with one setting changed");
    }

    @Test
    void commandRepeatsWhatMattersToTheFigures() {
        assertThat(page()).contains("UnderLoad --rounds=1 --out=docs/benchmarks.md").doesNotContain("somewhere");
    }
}
