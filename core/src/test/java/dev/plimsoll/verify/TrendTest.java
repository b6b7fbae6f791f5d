package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.report.Style;
import dev.plimsoll.report.VerifyText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static Verification look(int hours, long bytes, boolean killed) {
        var when = RunningStack.NOW.plus(Duration.ofHours(hours));
        var seen = new Observations(List.of(fact("container.state", "running"), fact("memory.working_set", String
                .valueOf(bytes)), fact("memory.oom_kills", killed ? "1" : "0")), List.of());
        return Verification.of(RunningStack.healthy().lock, seen, when, List.of("containers"));
    }

    private static Observation fact(String what, String value) {
        return new Observation(Optional.of("api"), 1, what, value, Unit.BYTES, RunningStack.NOW, "");
    }

    @Test
    void growthIsTheSlopeThroughAllLooks() {
        var trend = Trend.of(List.of(look(0, 100, false), look(1, 130, false), look(2, 140, false)));
        assertThat(trend.lines().getFirst()).satisfies(line -> {
            assertThat(line.what()).isEqualTo("memory.working_set");
            assertThat(line.perHour()).isEqualTo(20);
            assertThat(line.first()).isEqualTo(100);
            assertThat(line.last()).isEqualTo(140);
        });
        assertThat(trend.newFailures()).isEmpty();
    }

    @Test
    void failuresThatCameLaterAreNamed() {
        assertThat(Trend.of(List.of(look(0, 100, false), look(1, 100, true))).newFailures()).containsExactly(
                "api: nothing in it was killed for want of memory");
    }

    @Test
    void sharesAreThoseBetweenOneLookAndTheNext() {
        var looks = List.of(cache(0, 0, 1000), cache(1, 900, 1100), cache(2, 1300, 1700));
        assertThat(Trend.of(looks).lines()).filteredOn(line -> line.what().equals("redis.hit_share")).singleElement()
                .satisfies(line -> {
                    assertThat(line.first()).isEqualTo(0.9);
                    assertThat(line.last()).isEqualTo(0.4);
                });
    }

    /// A server that was started anew counts from zero.
    @Test
    void countsThatBeganAnewGiveNoShare() {
        var looks = List.of(cache(0, 0, 1000), cache(1, 900, 1100), cache(2, 1300, 1700), cache(3, 10, 4000));
        assertThat(Trend.of(looks).lines()).filteredOn(line -> line.what().equals("redis.hit_share")).singleElement()
                .satisfies(line -> {
                    assertThat(line.first()).isEqualTo(0.9);
                    assertThat(line.last()).isEqualTo(0.4);
                });
    }

    private static Verification cache(int hours, long hits, long misses) {
        return Verification.of(RunningStack.healthy().lock, new Observations(List.of(fact("redis.info.keyspace_hits",
                String.valueOf(hits)), fact("redis.info.keyspace_misses", String.valueOf(misses))), List.of()),
                RunningStack.NOW.plus(Duration.ofHours(hours)), List.of("containers"));
    }

    @Test
    void ofSeveralContainersTheOneUnderMostPressureCounts() {
        var facts = List.of(pressure(1, "0.25"), pressure(2, "0.5"));
        var look = Verification.of(RunningStack.healthy().lock, new Observations(facts, List.of()), RunningStack.NOW,
                List.of("containers"));
        assertThat(Trend.of(List.of(look, look)).lines()).extracting(Trend.Line::last).containsExactly(0.5);
    }

    private static Observation pressure(int container, String value) {
        return new Observation(Optional.of("api"), container, "memory.pressure", value, Unit.RATIO, RunningStack.NOW,
                "");
    }

    @Test
    void oneLookHasNoTrend() {
        assertThat(Trend.of(List.of(look(0, 100, false))).lines()).isEmpty();
    }

    @Test
    void reportsFitEightyColumns() {
        var verification = RunningStack.healthy().with("api", "container.limit", "none").withGap("cache",
                "redis.user", "NOPERM").verified();
        var text = VerifyText.of(verification, "Docker Engine 28.2.2", Style.PLAIN);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text).contains(" 1  Memory baseline", "Failed (", "api: has its planned limit", "fix: ",
                "[containers]", "Not run (");
        assertThat(VerifyText.of(Trend.of(List.of(look(0, 1 << 20, false), look(1, 2 << 20, false)))).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
