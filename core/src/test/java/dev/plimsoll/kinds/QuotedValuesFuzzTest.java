package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What is written with quotes is read as it was.
class QuotedValuesFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"\"", "'", "\\\\x41", "\\\\n", "\\\\", "\\\\101", "''", " ", "\\x0A"})
    void comesBack(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(RedisWords.split(RedisWords.joined(List.of("name", text, "")))).contains(List.of("name", text, ""));
        var quoted = PostgresQuotes.quoted(text);
        assertThat(PostgresQuotes.decoded(quoted.substring(1, quoted.length() - 1))).isEqualTo(text);
        RedisWords.split(text).ifPresent(words -> assertThat(RedisWords.split(RedisWords.joined(words))).contains(
                words));
    }
}
