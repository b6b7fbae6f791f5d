package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoredTest {
    private final Stored stored = new Stored("text", 7, 9, stamp(), new byte[]{1, 2, 3});

    private static Stamp stamp() {
        var generations = new TreeMap<Tag, Long>();
        generations.put(Tag.of("jira:acme"), Long.MIN_VALUE);
        generations.put(Tag.of("repo:acme"), 42L);
        return new Stamp(generations);
    }

    @Test
    void whatIsWrittenIsRead() {
        var read = Stored.of(stored.bytes()).orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(stored);
    }

    @Test
    void foreignBytesAreNoValue() {
        assertThat(Stored.of(new byte[0])).isEmpty();
        assertThat(Stored.of("{\"a\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))).isEmpty();
        for (var length = 0; length < stored.bytes().length - 3; length++) {
            assertThat(Stored.of(Arrays.copyOf(stored.bytes(), length))).as("cut at %d", length).isEmpty();
        }
    }

    @Test
    void damagedBytesNeverThrow() {
        var random = new Random(1);
        for (var trial = 0; trial < 20_000; trial++) {
            var bytes = stored.bytes();
            for (var change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(Stored.of(bytes)).isNotNull();
        }
    }
}
