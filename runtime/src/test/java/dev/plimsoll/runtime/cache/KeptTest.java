package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.tag.LocalGenerations;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Moments in the life of a value. They are between those counted from before it was made and from after.
class KeptTest {
    private static final LocalGenerations GENERATIONS = new LocalGenerations();

    private static Kept<String> kept(Duration fresh, Duration stale, Duration loading) {
        return new Kept<>("value", GENERATIONS.hold(List.of()), 1, fresh.toMillis(), stale.toMillis(), loading
                .toMillis());
    }

    private static long later(long now, Duration time) {
        return now + time.toNanos();
    }

    @Test
    void isFreshThenStaleThenGone() {
        var before = System.nanoTime();
        var kept = kept(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ZERO);
        var after = System.nanoTime();
        assertThat(kept.isFresh(later(before, Duration.ofSeconds(10)) - 1)).isTrue();
        assertThat(kept.isFresh(later(after, Duration.ofSeconds(10)))).isFalse();
        assertThat(kept.isGone(later(before, Duration.ofSeconds(15)) - 1)).isFalse();
        assertThat(kept.isGone(later(after, Duration.ofSeconds(15)))).isTrue();
        assertThat(kept.remaining(later(after, Duration.ofSeconds(15)))).isZero();
    }

    @Test
    void isLoadedAnewEarlyByOneToTwoTimesOfItsLoading() {
        var before = System.nanoTime();
        var kept = kept(Duration.ofSeconds(100), Duration.ZERO, Duration.ofSeconds(1));
        var after = System.nanoTime();
        assertThat(kept.isDue(later(before, Duration.ofSeconds(98)) - 1)).isFalse();
        assertThat(kept.isDue(later(after, Duration.ofSeconds(99)))).isTrue();
    }

    @Test
    void isLoadedAnewEarlyByATenthOfItsFreshTimeAtMost() {
        var before = System.nanoTime();
        var kept = kept(Duration.ofSeconds(100), Duration.ZERO, Duration.ofMinutes(5));
        var after = System.nanoTime();
        assertThat(kept.isDue(later(before, Duration.ofSeconds(90)) - 1)).isFalse();
        assertThat(kept.isDue(later(after, Duration.ofSeconds(95)))).isTrue();
    }

    @Test
    void isLoadedAnewAtItsEndWhenThatTakesNoTime() {
        var before = System.nanoTime();
        var kept = kept(Duration.ofSeconds(100), Duration.ofSeconds(5), Duration.ZERO);
        var after = System.nanoTime();
        assertThat(kept.isDue(later(before, Duration.ofSeconds(100)) - 1)).isFalse();
        assertThat(kept.isDue(later(after, Duration.ofSeconds(100)))).isTrue();
    }

    @Test
    void isLoadedAnewByOneProcessWhileOthersStillReturnIt() {
        var processes = IntStream.range(0, 100).mapToObj(process -> kept(Duration.ofSeconds(1000), Duration.ZERO,
                Duration.ofSeconds(50))).toList();
        var middle = later(System.nanoTime(), Duration.ofSeconds(925));
        assertThat(processes).anyMatch(kept -> kept.isDue(middle)).anyMatch(kept -> !kept.isDue(middle));
    }

    @Test
    void isTriedAgainASecondAfterItCouldNotBeLoaded() {
        var kept = kept(Duration.ZERO, Duration.ofHours(1), Duration.ZERO);
        var failed = System.nanoTime();
        kept.postpone(failed);
        assertThat(kept.isDue(later(failed, Duration.ofSeconds(1)) - 1)).isFalse();
        assertThat(kept.isDue(later(failed, Duration.ofSeconds(1)))).isTrue();
    }
}
