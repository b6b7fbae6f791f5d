package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InsideWatchTest {
    private static final Lock LOCK = new Lock("shop", List.of(), List.of(), "production", Host.TYPICAL, MemorySize
            .ofGigabytes(3),
            List.of(new LockedService("cache", "unknown", Role.CACHE, Optional.empty(), 1, MemorySize
                    .ofMegabytes(64L), MemorySize.ofMegabytes(32L), Optional.empty(), Millicores.ofCores(1),
                    List.of())),
            List.of(), List.of());

    private final CountDownLatch looked = new CountDownLatch(1);

    /// @param listing asked at each look
    private record Stack(Supplier<List<Container>> listing) implements StackRuntime {
        @Override
        public String description() {
            return "made up";
        }

        @Override
        public String project() {
            return "shop";
        }

        @Override
        public List<Container> containers() {
            return listing.get();
        }

        @Override
        public Optional<CgroupReading> cgroup(Container container) {
            return Optional.empty();
        }

        @Override
        public Question.Answer ask(Container container, Question question) {
            return new Question.Answer.None("made up");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static Container cache() {
        return new Container("cache", 1, "id", "cache:1", "running", Optional.empty(), 0, Optional.empty(), Optional
                .empty(), false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional
                        .empty(),
                Optional.empty(), 0, "always", false, Map.of(), List.of(), List.of(), List.of());
    }

    private static InsideWatch watch(Supplier<List<Container>> containers) {
        var watch = new InsideWatch(Endpoint.parse("http://127.0.0.1:1/"), Optional.of(new Stack(containers)), Optional
                .of(LOCK), StopConditions.USUAL);
        var start = System.nanoTime();
        watch.begin(() -> (System.nanoTime() - start) / 1e9);
        return watch;
    }

    @Test
    void looksOnceMoreAtTheEnd() throws InterruptedException {
        try (var watch = watch(() -> {
            var first = looked.getCount() > 0;
            looked.countDown();
            return first ? List.of(cache()) : List.of();
        })) {
            looked.await();
            assertThat(watch.end().losses()).singleElement().asString().startsWith("`cache` no longer ran");
        }
    }

    @Test
    void aLookThatIsBrokenOffSaysNothing() throws InterruptedException {
        var watch = watch(() -> {
            looked.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new EnvironmentException("The engine does not list containers: interrupted", "Check that it runs");
        });
        looked.await();
        watch.close();
        assertThat(watch.end().gaps()).noneMatch(gap -> gap.contains("interrupted"));
    }
}
