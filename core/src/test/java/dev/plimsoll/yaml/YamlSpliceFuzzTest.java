package dev.plimsoll.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.InputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class YamlSpliceFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"services:\\x0A", "  db:\\x0A", "    deploy:\\x0A", "      memory: 1g\\x0A", "<<: *a", "&a ",
            "{",
            "}", "[", "]", "- ", "#", "|", ">", "\\x0D\\x0A", "!!merge", "'", "\\\""})
    void whatIsSetIsReadBackOrRefused(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            var changed = YamlSplice.set("c", text, Map.of("services", Map.of("db", Map.of("deploy", Map.of("memory",
                    "512m")), "list", new YamlSplice.Appended(List.of("a")))));
            var root = YamlReader.read("c", changed).orElseThrow().plain();
            assertThat(root).isInstanceOf(Map.class);
        } catch (InputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }
}
