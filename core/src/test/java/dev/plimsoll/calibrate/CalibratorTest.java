package dev.plimsoll.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Measurement;
import dev.plimsoll.kinds.PgBouncer;
import dev.plimsoll.kinds.PrometheusMemory;
import dev.plimsoll.kinds.RedisMemory;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What counts as a measurement, and what follows from it.
class CalibratorTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final long MB = 1 << 20;

    private static Calibrator looks(String kind, List<Map<String, Long>> looks) {
        var seen = new ArrayList<Observations>();
        for (var look : looks) {
            seen.add(look(10L * seen.size(), 1, look));
        }
        return Calibrator.of(lock(kind), seen);
    }

    /// What is read after the questions of a look is two seconds later.
    private static Observations look(long second, int container, Map<String, Long> facts) {
        var when = START.plusSeconds(second);
        return new Observations(facts.entrySet().stream().map(fact -> new Observation(Optional.of("s"), container, fact
                .getKey(), String.valueOf(fact.getValue()), Unit.COUNT,
                fact.getKey().endsWith("_after")
                        ? when.plusSeconds(2)
                        : when,
                "test")).toList(), List.of());
    }

    private static Lock lock(String kind) {
        var service = new LockedService("s", kind, Role.APP, Optional.of("x:1"), 1, MemorySize.ofMegabytes(512),
                MemorySize.ofMegabytes(200), Optional.of(MemorySize.ofMegabytes(400)), Millicores.ofCores(1),
                List.of(new LockedSetting("workers", "4", "as configured", "manual")));
        return new Lock("shop", List.of("compose.yml"), List.of(), "production", Host.TYPICAL,
                MemorySize.ofMegabytes(3000), List.of(service), List.of(), List.of());
    }

    private static Optional<Measurement> measured(Calibrator found, Constant constant) {
        return found.calibration().of("s").get(constant);
    }

    private static String refusal(Calibrator found, Constant constant) {
        return found.takings().values().stream().flatMap(List::stream).filter(Taking.Refused.class::isInstance)
                .map(Taking.Refused.class::cast).filter(one -> one.constant() == constant).map(Taking.Refused::why)
                .findFirst().orElse("");
    }

    private static Map<String, Long> postgres(long backends, long commits) {
        return Map.of("memory.anonymous", 72 * MB, "memory.shared", 40 * MB, "memory.kernel", 20 * MB,
                "postgres.connections.total", backends, "postgres.connections.active", 2L,
                "postgres.activity.commits", commits);
    }

    @Test
    void aBackendIsItsShareOfWhatIsNotShared() {
        var found = looks("postgres", List.of(postgres(20, 5000)));

        assertThat(measured(found, Constant.BACKEND).orElseThrow().size()).isEqualTo(MemorySize.ofMegabytes(4L));
    }

    @Test
    void fewBackendsOrTransactionsAreNoMeasurement() {
        assertThat(refusal(looks("postgres", List.of(postgres(4, 5000))), Constant.BACKEND))
                .contains("4 backends", "it takes 5");
        assertThat(refusal(looks("postgres", List.of(postgres(20, 10))), Constant.BACKEND)).contains("10 transactions");
    }

    @Test
    void fragmentationIsTakenFromThirtyTwoMegabytesOn() {
        var large = Map.of("memory.anonymous", 130 * MB, "redis.info.used_memory", 100 * MB,
                "redis.info.used_memory_rss", 118 * MB);
        var small = Map.of("memory.anonymous", 40 * MB, "redis.info.used_memory", 31 * MB,
                "redis.info.used_memory_rss", 40 * MB);

        assertThat(measured(looks("redis", List.of(large)), Constant.FRAGMENTATION).orElseThrow().value())
                .isEqualTo(1.1);
        assertThat(refusal(looks("redis", List.of(small)), Constant.FRAGMENTATION)).contains("below 32 MB");
    }

    @Test
    void theBaseIsTakenFromAnEmptyRedis() {
        assertThat(measured(looks("redis", List.of(Map.of("memory.anonymous", 6 * MB, "redis.info.used_memory", 4
                * MB))), Constant.REDIS_BASE).orElseThrow().size()).isEqualTo(MemorySize.ofMegabytes(2));
        assertThat(refusal(looks("redis", List.of(Map.of("memory.anonymous", 7 * MB, "redis.info.used_memory", 5
                * MB))), Constant.REDIS_BASE)).contains("it holds 5 MB");
    }

    @Test
    void aClientIsItsShareOnceThereAreFifty() {
        assertThat(measured(looks("pgbouncer", List.of(pool(50))), Constant.CLIENT).orElseThrow().size()).isEqualTo(
                MemorySize.ofKilobytes(30));
        assertThat(refusal(looks("pgbouncer", List.of(pool(49))), Constant.CLIENT)).startsWith("49 clients");
    }

    private static Map<String, Long> pool(long clients) {
        return Map.of("memory.anonymous", PgBouncer.IDLE.bytes() + clients * (30 << 10), "pgbouncer.pools.cl_active",
                clients - 1, "pgbouncer.pools.cl_waiting", 1L);
    }

    @Test
    void seriesAreCountedOnceTheyWereScrapedAFewTimes() {
        assertThat(measured(prometheus(5000, 300), Constant.SERIES).orElseThrow().value()).isEqualTo(5000);
        assertThat(refusal(prometheus(5000, 299), Constant.SERIES)).contains("less than 5 minutes");
    }

    @Test
    void aSeriesIsWeighedOnceThereAreManyAndTheirFirstBlockIsWritten() {
        assertThat(measured(prometheus(5000, 10_800), Constant.SERIES_MEMORY).orElseThrow().size()).isEqualTo(MemorySize
                .ofKilobytes(8));
        assertThat(refusal(prometheus(5000, 10_799), Constant.SERIES_MEMORY)).contains("after 179 minutes");
        assertThat(refusal(prometheus(4999, 10_800), Constant.SERIES_MEMORY)).contains("4,999 series");
    }

    private static Calibrator prometheus(long series, long age) {
        return looks("prometheus",
                List.of(Map.of("memory.anonymous", PrometheusMemory.IDLE.bytes() + series * (8 << 10),
                        "prometheus.series", series, "container.age", age)));
    }

    @Test
    void aPeakWithoutLoadIsNoMeasurement() {
        var idle = looks("unknown", Stream.of(100L, 100L).map(cpu -> Map.of("memory.anonymous", 90 * MB,
                "cpu.seconds", cpu)).toList());
        var busy = looks("unknown", Stream.of(100L, 105L).map(cpu -> Map.of("memory.anonymous", 90 * MB,
                "cpu.seconds", cpu)).toList());

        assertThat(refusal(idle, Constant.PEAK)).contains("no load");
        assertThat(measured(busy, Constant.PEAK).orElseThrow().size()).isEqualTo(MemorySize.ofMegabytes(90L));
        assertThat(refusal(looks("unknown", List.of(Map.of("memory.anonymous", 90 * MB))), Constant.PEAK))
                .contains("two looks");
    }

    @Test
    void whatALookCostsIsNoLoad() {
        var idle = looks("redis", Stream.of(100L, 104L, 108L).map(cpu -> Map.of("memory.anonymous", 3 * MB,
                "cpu.seconds", cpu, "cpu.seconds_after", cpu + 4)).toList());
        assertThat(refusal(idle, Constant.PEAK)).startsWith("no load: 0.000 of a core");
        var busy = looks("redis", Stream.of(100L, 112L, 124L).map(cpu -> Map.of("memory.anonymous", 3 * MB,
                "cpu.seconds", cpu, "cpu.seconds_after", cpu + 4)).toList());
        assertThat(measured(busy, Constant.PEAK)).isPresent();
        assertThat(Load.of(List.of(state(0, 100, 104), state(10, 112, 116))).cores()).contains(1.0);
        assertThat(Load.of(List.of(state(0, 100, 104), state(10, 5, 6))).cores()).as("restarted").isEmpty();
    }

    private static State state(long second, long cpu, long after) {
        return State.of(look(second, 1, Map.of("memory.anonymous", 3 * MB, "cpu.seconds", cpu, "cpu.seconds_after",
                after)), "s", 1).orElseThrow();
    }

    @Test
    void aWorkerIsTheMeanOfItsPoolAtTheFullestLook() {
        var found = looks("gunicorn", Stream.of(Map.of("memory.anonymous", 262 * MB, "cpu.seconds", 1L),
                Map.of("memory.anonymous", 222 * MB, "cpu.seconds", 9L)).toList());

        assertThat(measured(found, Constant.WORKER).orElseThrow().size()).isEqualTo(MemorySize.ofMegabytes(60L));
        assertThat(found.comparisons().getFirst().held()).isEqualTo(MemorySize.ofMegabytes(262L));
    }

    @Test
    void aWorkerWithoutLoadIsNoMeasurement() {
        var idle = looks("gunicorn", Stream.of(100L, 100L).map(cpu -> Map.of("memory.anonymous", 262 * MB,
                "cpu.seconds", cpu)).toList());
        assertThat(refusal(idle, Constant.WORKER)).contains("no load");
    }

    @Test
    void ofSeveralContainersTheFullestCounts() {
        var found = Calibrator.of(lock("unknown"),
                List.of(look(0, 1, Map.of("memory.anonymous", 90 * MB)).and(look(0, 2,
                        Map.of("memory.anonymous", 120 * MB)).facts())));
        assertThat(found.comparisons()).singleElement().satisfies(one -> {
            assertThat(one.peak().container()).isEqualTo(2);
            assertThat(one.held()).isEqualTo(MemorySize.ofMegabytes(120));
        });
    }

    @Test
    void theModelIsHeldAgainstTheFullestLook() {
        var found = looks("redis", List.of(Map.of("memory.anonymous", 130 * MB, "redis.info.used_memory", 100 * MB), Map
                .of("memory.anonymous", 40 * MB, "redis.info.used_memory", 20 * MB)));
        assertThat(found.comparisons().getFirst().predicted().orElseThrow().typical().total()).isEqualTo(RedisMemory
                .held(MemorySize.ofMegabytes(100)).total());
    }

    @Test
    void holdingMoreThanTheCeilingIsSeen() {
        var found = looks("unknown", List.of(Map.of("memory.anonymous", 401 * MB)));

        assertThat(found.comparisons().getFirst().isExceeded()).isTrue();
    }

    @Test
    void whatNobodySawIsNamed() {
        assertThat(looks("unknown", List.of(Map.of("container.age", 5L))).unseen()).containsExactly("s");
    }
}
