package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.redis.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CacheMeters meters = new CacheMeters(registry);

    @Test
    void countsAreMetersUnderTheNamesOfMicrometer() {
        try (var redis = RedisServer.start();
                var caches = Caches.connect(redis.uri(), RedisOptions.DEFAULT, SyncRules
                        .none(), meters)) {
            var cache = caches.cache(KeyTemplate.of("user:{id}"), Codec.text(), CachePolicy.fresh(Duration.ofHours(
                    1)));
            meters.bind(cache);
            for (var call = 0; call < 5; call++) {
                cache.get("1", () -> "value");
            }
            assertThatThrownBy(() -> cache.get("2", () -> {
                throw new IllegalStateException("away");
            })).hasMessage("away");
            assertThat(count("cache.requests")).isEqualTo(6);
            assertThat(gets("hit", "process")).isEqualTo(4);
            assertThat(gets("hit", "redis")).isZero();
            assertThat(gets("hit", "stale")).isZero();
            assertThat(gets("miss", "none")).isEqualTo(1);
            assertThat(registry.get("cache.bytes").tag("cache", "user:{id}").gauge().value()).isBetween(500.0, 700.0);
            assertThat(registry.get("cache.load.duration").tag("outcome", "success").timer().count()).isEqualTo(1);
            assertThat(registry.get("cache.load.duration").tag("outcome", "failure").timer().count()).isEqualTo(1);
            assertThat(registry.get("cache.wait.duration").timer().count()).isEqualTo(1);
        }
    }

    private double count(String name) {
        return registry.get(name).tag("cache", "user:{id}").functionCounter().count();
    }

    private double gets(String result, String level) {
        return registry.get("cache.gets").tag("result", result).tag("level", level).functionCounter().count();
    }
}
