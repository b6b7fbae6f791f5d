package dev.plimsoll.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class SizesFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"GB", "kB", "MiB", "1e9", ".5", "-1", "9223372036854775807"})
    void readsOrIsSilent(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        for (var dialect : MemoryDialect.values()) {
            dialect.parse(text).ifPresent(size -> assertThat(size.bytes()).isNotNegative());
        }
        Millicores.parse(text).ifPresent(cores -> assertThat(cores.value()).isBetween(0, 10_000_000));
    }
}
