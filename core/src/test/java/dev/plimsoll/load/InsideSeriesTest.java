package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class InsideSeriesTest {
    private final InsideSeries series = new InsideSeries(StopConditions.USUAL, List.of());

    private static Observations look(String service, Object... namesAndValues) {
        return lookAt(service, 1, namesAndValues);
    }

    /// @param namesAndValues by turns
    private static Observations lookAt(String service, int container, Object... namesAndValues) {
        var facts = new ArrayList<Observation>();
        for (var at = 0; at < namesAndValues.length; at += 2) {
            facts.add(new Observation(Optional.of(service), container, namesAndValues[at].toString(),
                    namesAndValues[at + 1]
                            .toString(),
                    Unit.COUNT, Instant.EPOCH, "made up"));
        }
        return new Observations(facts, List.of());
    }

    @Test
    void countersBecomeRatesAndShares() {
        series.add(0, look("redis", "cpu.seconds", 1.0, "load.hits", 100, "load.misses", 100, "load.evictions", 5));
        series.add(2, look("redis", "cpu.seconds", 2.0, "load.hits", 190, "load.misses", 110, "load.evictions", 25));
        var inside = series.inside(true, "http://a");
        assertThat(inside.of("redis", 1, Inside.CPU).flatMap(Inside.Series::last)).hasValue(0.5);
        assertThat(inside.of("redis", 1, Inside.HIT_RATE).flatMap(Inside.Series::last)).hasValue(0.9);
        assertThat(inside.of("redis", 1, Inside.EVICTIONS).flatMap(Inside.Series::last)).hasValue(10.0);
    }

    @Test
    void aRestartGivesNoNegativeRate() {
        series.add(0, look("api", "cpu.seconds", 90.0));
        series.add(2, look("api", "cpu.seconds", 0.5));
        series.add(4, look("api", "cpu.seconds", 1.5));
        assertThat(series.inside(true, "http://a").of("api", 1, Inside.CPU).orElseThrow().points()).containsExactly(
                new Inside.Point(4, 0.5));
    }

    @Test
    void memoryNearItsLimitIsADanger() {
        series.add(0,
                look("db", "memory.working_set", 99, "memory.anonymous", 60, "memory.shared", 25, "memory.kernel", 5,
                        "memory.limit", 100));
        assertThat(series.danger()).isEmpty();
        assertThat(series.inside(true, "http://a").of("db", 1, Inside.MEMORY).flatMap(Inside.Series::last))
                .hasValue(90.0);
        series.add(2, look("db", "memory.working_set", 99, "memory.anonymous", 98, "memory.limit", 100));
        assertThat(series.danger()).hasValueSatisfying(why -> assertThat(why).contains("`db` holds 98 %"));
    }

    @Test
    void whatIsLostUnderLoadIsNamedWithItsTime() {
        series.add(0, look("api", "load.running", 1, "load.restarts", 3, "memory.oom_kills", 1));
        assertThat(series.inside(true, "http://a").losses()).isEmpty();
        series.add(2, look("worker", "load.running", 0));
        series.add(4, look("worker", "load.running", 0));
        assertThat(series.inside(true, "http://a").losses()).isEmpty();

        series.add(6, look("api", "load.running", 0, "load.restarts", 3, "memory.oom_kills", 3));
        series.add(8, look("api", "load.running", 1, "load.restarts", 4, "memory.oom_kills", 0));
        series.add(10, look("api", "load.running", 1, "load.restarts", 4, "memory.oom_kills", 1));
        assertThat(series.inside(true, "http://a").losses()).containsExactly("`api` no longer ran after 6 s",
                "`api` was restarted, once, after 8 s",
                "`api` had processes killed for want of memory, 3 times, first after 6 s");
    }

    @Test
    void aPlannedContainerThatWasRemovedIsLost() {
        var planned = new InsideSeries(StopConditions.USUAL, List.of(service("cache", 1)));
        planned.add(0, look("cache", "load.running", 1));
        planned.add(2, Observations.NONE);
        planned.add(4, Observations.NONE);
        assertThat(planned.inside(true, "http://a").losses()).containsExactly("`cache` no longer ran after 2 s");
    }

    @Test
    void ofSeveralContainersTheOneThatIsGoneIsNamed() {
        var planned = new InsideSeries(StopConditions.USUAL, List.of(service("api", 2)));
        planned.add(0, both(lookAt("api", 1, "load.running", 1), lookAt("api", 3, "load.running", 1)));
        planned.add(2, lookAt("api", 1, "load.running", 1));
        planned.add(4, lookAt("api", 1, "load.running", 1));
        var inside = planned.inside(true, "http://a");
        assertThat(inside.losses()).containsExactly("`api` (container 3) no longer ran after 2 s");
        assertThat(inside.gaps()).noneMatch(gap -> gap.contains("did not run"));
    }

    @Test
    void aLookThatCouldNotListContainersMissesNone() {
        var planned = new InsideSeries(StopConditions.USUAL, List.of(service("cache", 1)));
        planned.add(0, look("cache", "load.running", 1));
        planned.add(2, new Observations(List.of(), List.of(new Observations.Unobserved(Optional.empty(), "container",
                "no answer"))));
        assertThat(planned.inside(true, "http://a").losses()).isEmpty();
    }

    @Test
    void whatDidNotRunFromTheStartIsSaidAndNotLost() {
        var planned = new InsideSeries(StopConditions.USUAL, List.of(service("cache", 1), service("off", 0)));
        planned.add(0, look("worker", "load.running", 0));
        var inside = planned.inside(true, "http://a");
        assertThat(inside.losses()).isEmpty();
        assertThat(inside.gaps()).contains("`cache` did not run when the load began",
                "`worker` did not run when the load began").noneMatch(gap -> gap.contains("off"));
    }

    private static LockedService service(String name, int replicas) {
        return new LockedService(name, "redis", Role.CACHE, Optional.empty(), replicas, MemorySize.ofMegabytes(64L),
                MemorySize.ofMegabytes(32L), Optional.empty(), Millicores.ofCores(1), List.of());
    }

    private static Observations both(Observations one, Observations other) {
        return one.and(other.facts());
    }

    @Test
    void theServicesOwnMetricsTellWhereTimeGoes() {
        series.addPage(0, Optional.of(page(100, 10, 4, 3)));
        series.addPage(10, Optional.of(page(300, 50, 24, 13)));
        var inside = series.inside(false, "http://a");
        assertThat(inside.parts()).extracting(Inside.Part::name).containsExactly("cache", "database", "other");
        assertThat(inside.parts().getFirst().seconds()).isCloseTo(0.05, Offset.offset(1e-9));
        assertThat(inside.parts().get(1).seconds()).isCloseTo(0.1, Offset.offset(1e-9));
        assertThat(inside.parts().get(2).seconds()).isCloseTo(0.05, Offset.offset(1e-9));
        assertThat(inside.of("", 1, Inside.HIT_RATE).flatMap(Inside.Series::last)).hasValue(0.8);
        assertThat(inside.gaps()).singleElement().asString().contains("no stack");
    }

    private static String page(int requests, double seconds, double database, double cache) {
        return """
                # TYPE http_server_requests_seconds summary
                http_server_requests_seconds_count{uri="/a",status="200"} %d
                http_server_requests_seconds_sum{uri="/a",status="200"} %s
                db_query_seconds_sum %s
                db_query_seconds_count %d
                cache_lookup_seconds_sum %s
                cache_gets_total{cache="books",result="hit",} %d
                cache_gets_total{cache="books",result="miss",} %d
                jvm_threads_live NaN
                """.formatted(requests, seconds, database, requests, cache, requests * 8 / 10, requests * 2 / 10);
    }

    @Test
    void aPageWithoutRequestsHasNoParts() {
        series.addPage(0, Optional.of("up 1\n<html>\n"));
        series.addPage(2, Optional.of(""));
        assertThat(series.inside(true, "http://a").parts()).isEmpty();
    }
}
