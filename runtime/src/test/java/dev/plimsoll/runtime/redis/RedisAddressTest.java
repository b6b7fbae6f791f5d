package dev.plimsoll.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    @ParameterizedTest
    @CsvSource({"redis://127.0.0.1,127.0.0.1:6379", "rediss://:hush@cache:7000/3,cache:7000",
            "redis://[::1]:6380,[::1]:6380", "redis://room:hu%40sh@my_cache:7000,my_cache:7000",
            "redis://:hush@my_cache,my_cache:6379", "redis-socket://hush@/run/redis.sock,/run/redis.sock",
            "'redis-sentinel://:hush@a:1,b:2#main',main"})
    void eachFormIsReadAndShownWithoutItsPassword(String text, String shown) {
        assertThat(RedisAddress.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:hu^sh@localhost:6379", "redis://:hush@localhost:notaport",
            "redis://:hush@localhost:99999", "redis://:hush@my_cache:99999", "redis://:hush@", "redis:///0",
            "redis://:hush@localhost/hush", "redis://:hush%zz@localhost", "http://:hush@localhost", "localhost:6379"})
    void whatIsRefusedIsNotRepeated(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("does not read as redis://").hasNoCause();
    }

    @Test
    void aLinkToWhatIsNoAddressDoesNotTellThePassword() {
        assertThatThrownBy(() -> RedisLink.open("redis://:hu^sh@localhost:6379", RedisOptions.DEFAULT)).hasNoCause()
                .hasMessageNotContaining("sh@");
    }
}
