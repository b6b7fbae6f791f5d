package dev.plimsoll.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Container WELL = container("running", "healthy", 0, 0, "always");

    private final List<Duration> pauses = new ArrayList<>();

    private static Container container(String state, String health, int restarts, int exit, String policy) {
        return new Container("app", 1, "id", "image", state, Optional.of(health).filter(text -> !text.isEmpty()),
                restarts, Optional.empty(), state.equals("exited") ? Optional.of(exit) : Optional.empty(), false,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), 0, policy, !health.isEmpty(), Map.of(), List.of(), List.of(), List.of());
    }

    /// Looks once after the other at these; the last one stays.
    private Waiting.Outcome wait(Container... looks) {
        return wait(List.of(), looks);
    }

    private Waiting.Outcome wait(List<Container> earlier, Container... looks) {
        var lock = new Lock("little", List.of("../compose.yml"), List.of(), "production", Host.TYPICAL, MemorySize.ZERO,
                List.of(new LockedService("app", "unknown", Role.APP, Optional.empty(), 1, MemorySize.ZERO,
                        MemorySize.ZERO, Optional.empty(), new Millicores(1000), List.of())),
                List.of(), List.of());
        var left = new ArrayList<>(List.of(looks));
        var runtime = new StackRuntime() {
            @Override
            public String project() {
                return "shop-plimsoll";
            }

            @Override
            public String description() {
                return "a list";
            }

            @Override
            public List<Container> containers() {
                return left.isEmpty() ? List.of() : List.of(left.size() > 1 ? left.removeFirst() : left.getFirst());
            }

            @Override
            public Optional<CgroupReading> cgroup(Container container) {
                return Optional.empty();
            }

            @Override
            public Question.Answer ask(Container container, Question question) {
                return new Question.Answer.None("it is a list");
            }

            @Override
            public void close() {}
        };
        return new Waiting(runtime, lock, earlier, pauses::add).until(Duration.ofSeconds(10));
    }

    private List<String> complaints(Container... looks) {
        return wait(looks).failed().stream().map(failed -> failed.service() + " " + failed.why()).toList();
    }

    @Test
    void restartsOfBeforeDoNotCount() {
        var old = container("running", "healthy", 5, 0, "always");
        assertThat(wait(List.of(old), old).failed()).isEmpty();
        assertThat(wait(List.of(old), container("running", "", 8, 0, "always")).failed()).extracting(
                Waiting.Failed::why).containsExactly("restarts again and again");
    }

    @Test
    void waitsUntilHealthyAndThenAMomentMore() {
        assertThat(complaints(container("running", "starting", 0, 0, ""), WELL)).isEmpty();
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aProgramThatEndsRightAfterItsStartIsNoSuccess() {
        var running = container("running", "", 0, 0, "no");
        assertThat(complaints(running, running, container("exited", "", 0, 1, "no")))
                .containsExactly("app ended with 1");
    }

    @Test
    void aJobMayEndWell() {
        assertThat(complaints(container("exited", "", 0, 0, "no"))).isEmpty();
    }

    @Test
    void aServerMayNot() {
        assertThat(complaints(container("exited", "", 0, 0, "always"))).containsExactly("app ended with 0");
    }

    @Test
    void givesUpOnOneThatRestartsAgainAndAgain() {
        assertThat(complaints(container("restarting", "", 5, 0, "always"))).containsExactly(
                "app restarts again and again");
        assertThat(pauses).isEmpty();
    }

    @Test
    void afterTheTimeSaysWhatIsNotHealthy() {
        assertThat(complaints(container("running", "unhealthy", 0, 0, ""))).containsExactly("app is unhealthy");
    }

    @Test
    void aServiceWithoutContainersIsMissed() {
        assertThat(complaints()).containsExactly("app has no container");
    }
}
