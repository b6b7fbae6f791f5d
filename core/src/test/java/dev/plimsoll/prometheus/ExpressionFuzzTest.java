package dev.plimsoll.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class ExpressionFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"rate(", "sum by (", "[5m]", "{a=\\\"b\\\"}", ") ", " > 0", " and on(a) group_left ",
            "offset 1h",
            "@ end()", "[1h:5m]", "-", "^", "0x1f", "1e3", "Inf", "'", "`"})
    void parsesOrIsSilent(byte[] text) {
        Expression.parse(new String(text, StandardCharsets.UTF_8))
                .ifPresent(expression -> assertThat(expression.toString()).isNotEmpty());
    }
}
