package dev.plimsoll.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class DotEnvFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"A=", "export ", "\\\"", "'", "\\\\n", "${A:-", "}", " #", "\\x0A", "\\x0D\\x0A", "A: "})
    void readsOrRefuses(byte[] text) {
        try {
            DotEnv.read(".env", new String(text, StandardCharsets.UTF_8), Map.of("B", "b")).values()
                    .forEach(value -> assertThat(value.where().line()).isPositive());
        } catch (InputException refused) {
            assertThat(refused.problems()).hasSize(1);
        }
    }
}
