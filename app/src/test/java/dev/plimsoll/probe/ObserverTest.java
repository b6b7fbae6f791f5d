package dev.plimsoll.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Probe;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.observe.RedisProbe;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One container that does not answer must not hold up the look, nor hide.
class ObserverTest {
    private static final MemorySize LIMIT = MemorySize.ofMegabytes(64L);

    private final List<String> asked = new ArrayList<>();

    private static LockedService redis(String name) {
        return new LockedService(name, "redis", Role.CACHE, Optional.of("redis:7"), 1, LIMIT, LIMIT, Optional.empty(),
                Millicores.ofCores(1), List.of());
    }

    /// Two servers, of which one says what it is told to say.
    private StackRuntime runtime(Answer of) {
        return new StackRuntime() {
            @Override
            public String description() {
                return "a stand-in";
            }

            @Override
            public String project() {
                return "shop";
            }

            @Override
            public List<Container> containers() {
                return List.of(container("mute"), container("well"));
            }

            @Override
            public Optional<CgroupReading> cgroup(Container container) {
                return container.service().equals("mute") ? Optional.empty() : Optional.of(reading(asked.size()));
            }

            @Override
            public Answer ask(Container container, Question question) {
                asked.add(container.service());
                return container.service().equals("mute") ? of : new Answer.Text("");
            }

            @Override
            public void close() {}
        };
    }

    private static CgroupReading reading(double cpu) {
        return new CgroupReading(2, LIMIT, LIMIT, LIMIT, MemorySize.ZERO, MemorySize.ZERO, Optional.empty(), Optional
                .empty(), Optional.empty(), 0, Optional.empty(), cpu, 0, CgroupReading.Periods.NONE, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Container container(String service) {
        return new Container(service, 1, service, "redis:7", "running", Optional.empty(), 0, Optional.empty(), Optional
                .empty(), false, Optional.of(LIMIT), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional
                        .empty(),
                Optional.empty(), 0, "always", false, Map.of(), List.of(), List.of(), List.of());
    }

    private List<Observation> silent(Answer of) {
        return facts(of, "container.silent");
    }

    private List<Observation> facts(Answer of, String what) {
        var lock = new Lock("shop", List.of("compose.yml"), List.of(), "production", Host.TYPICAL, MemorySize
                .ofGigabytes(3), List.of(redis("mute"), redis("well")), List.of(), List.of());
        var probes = List.<Probe>of(new RedisProbe());
        return new Observer(probes, InstantSource.system()).look(runtime(of), lock).facts().stream().filter(fact -> fact
                .what().equals(what)).toList();
    }

    @Test
    void whoSaysNothingIsAskedOnceMoreAndThenNamed() {
        assertThat(silent(Answer.None.ofSilence("no end after 20 s"))).singleElement().satisfies(fact -> {
            assertThat(fact.service()).contains("mute");
            assertThat(fact.value()).isEqualTo("no end after 20 s");
        });
        assertThat(asked).filteredOn("mute"::equals).hasSize(2);
        assertThat(asked).filteredOn("well"::equals).hasSizeGreaterThan(5);
    }

    @Test
    void whatTheQuestionsCostIsReadAfterThem() {
        var after = facts(new Answer.None("NOAUTH Authentication required."), "cpu.seconds_after");
        assertThat(after).singleElement().satisfies(fact -> {
            assertThat(fact.service()).contains("well");
            assertThat(fact.number()).contains((double) asked.size());
        });
    }

    @Test
    void whoRefusesIsAskedOn() {
        assertThat(silent(new Answer.None("NOAUTH Authentication required."))).isEmpty();
        assertThat(asked).filteredOn("mute"::equals).hasSizeGreaterThan(5);
    }
}
