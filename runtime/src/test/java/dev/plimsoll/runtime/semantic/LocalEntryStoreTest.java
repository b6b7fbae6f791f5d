package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.runtime.tag.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalEntryStoreTest {
    private static final long LIMIT = 100_000;
    private final SplittableRandom random = new SplittableRandom(7);
    private final LocalEntryStore store = new LocalEntryStore(LIMIT);
    private final Scope acme = VectorIndexTest.scope("acme");

    private Entry entry(String question, String answer) {
        return Entry.of(acme, Question.of(question, Vectors.draw(384, random)), new Answer(answer, Stamp.NONE, Duration
                .ofHours(1), OptionalDouble.empty()), Instant.EPOCH, store.position());
    }

    private boolean isThere(Entry entry) {
        return !store.find(acme, List.of(entry.id())).isEmpty();
    }

    @Test
    void takesNoMoreThanItsBytesAndForgetsWhatWasUnreadForLongest() {
        var read = entry("Is it read?", "Often.");
        var unread = entry("Is it not?", "Never.");
        store.put(read);
        store.put(unread);
        for (var number = 0; number < 200; number++) {
            store.put(entry("question " + number, "answer"));
            assertThat(store.bytes()).isLessThanOrEqualTo(LIMIT);
            assertThat(isThere(read)).isTrue();
        }
        assertThat(store.bytes()).isGreaterThan(LIMIT * 9 / 10);
        assertThat(isThere(unread)).isFalse();
    }

    @Test
    void whatTakesAnothersPlaceOrIsRemovedGivesItsBytesBack() {
        var entry = entry("Where?", "Here.");
        store.put(entry);
        var once = store.bytes();
        store.put(entry);
        assertThat(store.bytes()).isEqualTo(once).isPositive();
        store.remove(acme, List.of(entry.id()));
        assertThat(store.bytes()).isZero();
    }

    @Test
    void whatWouldPutOutManyIsNotKept() {
        var small = entry("How short?", "Very.");
        store.put(small);
        store.put(entry("How long?", "Long."));
        var large = entry("How long?", "x".repeat((int) LIMIT / 16));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.put(large));
        assertThat(isThere(small)).isTrue();
        assertThat(isThere(large)).isFalse();
    }
}
