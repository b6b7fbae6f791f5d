package dev.plimsoll.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.InputException;
import java.nio.charset.StandardCharsets;

class YamlReaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"&a", "*a", "<<: ", "!!merge", "!!str", "!reset", "!override", "---\\x0A", "...\\x0A", "? ",
            "- ",
            "{", "[", "|\\x0A", ">-\\x0A", "%YAML 1.2\\x0A", "\\x09", "\\x0D\\x0A"})
    void readsOrRefuses(byte[] text) {
        try {
            for (var node : YamlReader.readAll("compose.yml", new String(text, StandardCharsets.UTF_8))) {
                assertThat(node.where().line()).isPositive();
                assertThat(node.expandedSize()).isBetween(1L, YamlReader.MOST_EXPANDED_SCALARS);
            }
        } catch (InputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }
}
