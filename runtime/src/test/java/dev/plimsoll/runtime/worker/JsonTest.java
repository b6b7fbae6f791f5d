package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void keepsValuesAsTheyWereWritten() {
        assertThat(Json.members(" { \"a\" : [1, {\"b\": \"}\"}] , \"c\\n\":null,\"d\":-1.5e3 }")).isEqualTo(Map.of("a",
                "[1, {\"b\": \"}\"}]", "c\n", "null", "d", "-1.5e3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1} x", "{\"a\":01}", "{a:1}",
            "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "[1]", "{\"a\":[1,]}", "{\"a\":tru}"})
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> Json.members(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"\\ud83d\\ude00\"", "null", "[]", "{}", " [1 , [2], {\"a\":{}}] "})
    void acceptsValues(String text) {
        Json.check(text);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatThrownBy(() -> Json.check("[".repeat(100_000))).hasMessageContaining("nested too deeply");
    }

    @Test
    void readsBackWhatItQuotes() {
        var random = new SplittableRandom(7);
        for (var time = 0; time < 2000; time++) {
            var text = random.ints(random.nextInt(20), 0, 0x10000).collect(StringBuilder::new, (all, letter) -> all
                    .append((char) letter), StringBuilder::append).toString();
            var quoted = Json.quote(text);
            Json.check(quoted);
            assertThat(Json.unquote(quoted)).isEqualTo(text);
            assertThat(quoted.lines()).hasSize(1);
        }
    }

    @Test
    void aJobIsOneLineAndComesBackAsItWas() {
        var job = new Job("kind", "id \"1\"\n", 2, "{\"a\":\n [1,\r\n2]}");
        assertThat(job.line().lines()).hasSize(1);
        assertThat(Job.parse(job.line())).isEqualTo(new Job("kind", "id \"1\"\n", 2, "{\"a\":  [1,  2]}"));
    }
}
