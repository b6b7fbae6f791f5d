package dev.plimsoll.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.InputException;
import java.nio.charset.StandardCharsets;

class LockFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"format: 1\\x0A", "services: {", "settings: [{", "limit: 1m", "files: {}", "host: {memory: 1g"})
    void readsOrRefuses(byte[] text) {
        try {
            var lock = LockReader.read("l", new String(text, StandardCharsets.UTF_8));
            assertThat(LockReader.read("l", LockWriter.text(lock))).isEqualTo(lock);
        } catch (InputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }
}
