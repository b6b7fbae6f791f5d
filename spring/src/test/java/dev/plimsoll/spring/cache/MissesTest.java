package dev.plimsoll.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.tag.Stamp;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MissesTest {
    private final Misses misses = new Misses();

    @Test
    void aMissIsTakenOnceAndByTheThreadThatHadIt() {
        misses.note(List.of("a"), Stamp.NONE);
        assertThat(CompletableFuture.supplyAsync(() -> misses.take(List.of("a"))).join()).isEmpty();
        assertThat(misses.take(List.of("a"))).contains(Stamp.NONE);
        assertThat(misses.take(List.of("a"))).isEmpty();
    }

    /// Methods that throw never put what they looked for.
    @Test
    void whatNobodyTakesMakesRoom() {
        for (var number = 0; number <= 16; number++) {
            misses.note(List.of("key " + number), Stamp.NONE);
        }
        assertThat(misses.take(List.of("key 0"))).isEmpty();
        assertThat(misses.take(List.of("key 1"))).isPresent();
        assertThat(misses.take(List.of("key 16"))).isPresent();
    }
}
