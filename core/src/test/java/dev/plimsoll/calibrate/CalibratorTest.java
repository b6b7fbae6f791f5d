package dev.plimsoll.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Measurement;
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
        var service = new LockedService("s", kind, Role.APP, Optional.of("x:1"), 1, MemorySize.ofMegabytes(512),
                MemorySize.ofMegabytes(200), Optional.of(MemorySize.ofMegabytes(400)), Millicores.ofCores(1),
                List.of(new LockedSetting("workers", "4", "as configured", "manual")));
        var lock = new Lock("shop", List.of("compose.yml"), List.of(), "production", Host.TYPICAL,
                MemorySize.ofMegabytes(3000), List.of(service), List.of(), List.of());
        var seen = new ArrayList<Observations>();
        for (var look : looks) {
            var when = START.plusSeconds(10L * seen.size());
            // What is read after the questions of a look is two seconds later.
            seen.add(new Observations(look.entrySet().stream().map(fact -> new Observation(Optional.of("s"), 1, fact
                    .getKey(), String.valueOf(fact.getValue()), Unit.COUNT,
                    fact.getKey().endsWith("_after")
                            ? when.plusSeconds(2)
                            : when,
                    "test")).toList(), List.of()));
        }
        return Calibrator.of(lock, seen);
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
        var looks = Map.of("memory.anonymous", 3 * MB, "cpu.seconds", cpu, "cpu.seconds_after", after);
        var when = START.plusSeconds(second);
        return State.of(new Observations(looks.entrySet().stream().map(fact -> new Observation(Optional.of("s"), 1, fact
                .getKey(), String.valueOf(fact.getValue()), Unit.COUNT,
                fact.getKey().endsWith("_after")
                        ? when.plusSeconds(2)
                        : when,
                "test")).toList(), List.of()), "s", 1).orElseThrow();
    }

    @Test
    void aWorkerIsTheMeanOfItsPoolAtTheFullestLook() {
        var found = looks("gunicorn", Stream.of(Map.of("memory.anonymous", 262 * MB, "cpu.seconds", 1L),
                Map.of("memory.anonymous", 222 * MB, "cpu.seconds", 9L)).toList());

        assertThat(measured(found, Constant.WORKER).orElseThrow().size()).isEqualTo(MemorySize.ofMegabytes(60L));
        assertThat(found.comparisons().getFirst().held()).isEqualTo(MemorySize.ofMegabytes(262L));
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
