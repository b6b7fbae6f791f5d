package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.redis.RedisServer;
import dev.plimsoll.runtime.tag.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SharedValuesTest {
    private static final Pattern COMMAND = Pattern.compile("\\b(pttl|mget)\\b");

    /// A value that replaces another in between must not lend its longer life to the other.
    @Test
    void asksForTheTimeBeforeTheValue() throws Exception {
        try (var redis = RedisServer.start(); var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT)) {
            var values = new SharedValues(link);
            var claim = values.claim("gaps:acme", Stamp.NONE, Duration.ofSeconds(5)).orElseThrow();
            var stored = new Stored("text", 0, 1, Stamp.NONE, "one".getBytes(StandardCharsets.UTF_8));
            values.store("gaps:acme", stored, 60_000, claim);
            redis.with(client -> client.configSet("slowlog-log-slower-than", "0"));
            var found = values.read("gaps:acme").orElseThrow();
            assertThat(new String(found.stored().value(), StandardCharsets.UTF_8)).isEqualTo("one");
            assertThat(found.livesMillis()).isBetween(50_000L, 60_000L);
            assertThat(commands(redis)).containsExactly("pttl", "mget");
        }
    }

    /// All commands that the server has run since, the first first.
    private static List<String> commands(RedisServer redis) {
        var entries = redis.with(client -> client.slowlogGet()).reversed().toString().toLowerCase(Locale.ROOT);
        return COMMAND.matcher(entries).results().map(found -> found.group()).toList();
    }
}
