package dev.plimsoll.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class InterpolatorFuzzTest {
    private static final Location HERE = Location.ofLine("compose.yml", 1);

    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"${", "}", "$$", "$A", "${A", ":-", ":?", ":+", "-", "?", "+"})
    void expandsOrRefuses(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            var expanded = new Interpolator(Map.of("A", "x", "EMPTY", ""), Interpolator.Unresolved.IGNORED)
                    .apply(text, HERE);
            if (text.indexOf('$') < 0) {
                assertThat(expanded).isEqualTo(text);
            }
        } catch (InputException refused) {
            assertThat(refused.problems()).hasSize(1);
        }
    }
}
