package dev.plimsoll.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.pool.PoolSettings;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.semantic.Threshold;
import dev.plimsoll.runtime.web.RateLimit;
import dev.plimsoll.runtime.worker.Bounds;
import dev.plimsoll.runtime.worker.Limits;
import dev.plimsoll.runtime.worker.Memory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Defaults, and what wrong values say.
class PropertiesTest {
    private static final Map<String, Class<?>> TYPES = Map.of("redis", RedisProperties.class, "cache",
            CacheProperties.class, "pool", PoolProperties.class, "web", WebProperties.class, "semantic",
            SemanticProperties.class, "workers", WorkerProperties.class);

    private static <T> T bound(Class<T> type, String prefix, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        var redis = bound(RedisProperties.class, "plimsoll.redis", Map.of());
        assertThat(redis.uri()).isNull();
        assertThat(redis.options()).isEqualTo(RedisOptions.DEFAULT);
        var pool = bound(PoolProperties.class, "plimsoll.pool", Map.of());
        assertThat(pool.url()).isNull();
        assertThat(pool.settings()).isEqualTo(PoolSettings.PLAN);
        var web = bound(WebProperties.class, "plimsoll.web", Map.of());
        assertThat(web).isEqualTo(new WebProperties(List.of("/actuator"), null, 0, 10_000, Duration.ofSeconds(20)));
        assertThat(web.limit()).isEmpty();
        var semantic = bound(SemanticProperties.class, "plimsoll.semantic", Map.of());
        assertThat(semantic.dimensions()).isZero();
        assertThat(semantic.indexSize().toMegabytes()).isEqualTo(64);
        assertThat(semantic.storeSize().toMegabytes()).isEqualTo(64);
        assertThat(semantic.threshold()).isEqualTo(Threshold.Calibrated.usual());
        var cache = bound(CacheProperties.class, "plimsoll.cache", Map.of());
        assertThat(cache.caches()).isEmpty();
        assertThat(cache.events()).isEmpty();
        assertThat(cache.strict()).isFalse();
    }

    @Test
    void defaultsOfADeclaredCache() {
        var cache = bound(CacheProperties.class, "plimsoll.cache", Map.of("plimsoll.cache.caches.prices.format", "1"));
        var prices = Objects.requireNonNull(cache.caches().get("prices"));
        assertThat(prices.type()).isEqualTo("java.lang.String");
        assertThat(prices.policy()).isEqualTo(CachePolicy.fresh(Duration.ofMinutes(10)));
        assertThat(cache.template("prices").text()).isEqualTo("prices:{key}");
    }

    @Test
    void defaultsOfWorkers() {
        var workers = bound(WorkerProperties.class, "plimsoll.workers", Map.of("plimsoll.workers.kinds", "report",
                "plimsoll.workers.command", "python3,child.py"));
        var settings = workers.settings();
        assertThat(settings.kinds()).containsExactly("report");
        assertThat(settings.slots()).isEqualTo(1);
        assertThat(settings.limits().ceiling()).hasToString("128MB");
        assertThat(settings.limits().jobs()).isEqualTo(1000);
        assertThat(settings.limits().wall()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.attempts()).isEqualTo(2);
        assertThat(settings.history()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.bounds()).isEqualTo(Bounds.DEFAULT);
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(60));
        assertThat(workers.install()).isTrue();
    }

    @Test
    void eachPropertyOfRedisReachesItsOptions() {
        assertThat(bound(RedisProperties.class, "plimsoll.redis", Map.of("plimsoll.redis.namespace", "shop",
                "plimsoll.redis.patience", "50ms", "plimsoll.redis.lease", "3s")).options()).isEqualTo(
                        new RedisOptions("shop", Duration.ofMillis(50), Duration.ofSeconds(3)));
    }

    @Test
    void eachPropertyOfACacheReachesItsPolicy() {
        var cache = bound(CacheProperties.class, "plimsoll.cache", Map.of("plimsoll.cache.caches.prices.fresh", "1h",
                "plimsoll.cache.caches.prices.stale", "2m", "plimsoll.cache.caches.prices.size", "1MB"));
        assertThat(Objects.requireNonNull(cache.caches().get("prices")).policy()).isEqualTo(CachePolicy.fresh(Duration
                .ofHours(1)).stale(Duration.ofMinutes(2)).bytes(1 << 20));
    }

    @Test
    void eachPropertyOfThePoolReachesItsSettings() {
        var pool = bound(PoolProperties.class, "plimsoll.pool", Map.of("plimsoll.pool.name", "reports",
                "plimsoll.pool.minimum", "2", "plimsoll.pool.maximum", "9", "plimsoll.pool.patience", "700ms",
                "plimsoll.pool.idle", "20s", "plimsoll.pool.lifetime", "40s", "plimsoll.pool.statements", "unnamed"));
        assertThat(pool.settings()).isEqualTo(new PoolSettings("reports", 2, 9, Duration.ofMillis(700), Duration
                .ofMillis(350), Duration.ofSeconds(20), Duration.ofSeconds(40), Optional.empty(),
                PoolSettings.Statements.UNNAMED));
    }

    @Test
    void theUsualMinimumIsNoMoreThanTheMaximum() {
        assertThat(bound(PoolProperties.class, "plimsoll.pool", Map.of("plimsoll.pool.maximum", "5")).settings()
                .minimum()).isEqualTo(5);
    }

    @Test
    void eachPropertyOfWorkersReachesTheirSettings() {
        var workers = bound(WorkerProperties.class, "plimsoll.workers", Map.of("plimsoll.workers.kinds", "report",
                "plimsoll.workers.command", "true", "plimsoll.workers.slots", "3", "plimsoll.workers.memory", "256MB",
                "plimsoll.workers.jobs", "7", "plimsoll.workers.wall", "90s", "plimsoll.workers.attempts", "5",
                "plimsoll.workers.history", "7d",
                "plimsoll.workers.drain", "4s"));
        assertThat(workers.settings().slots()).isEqualTo(3);
        assertThat(workers.settings().limits()).isEqualTo(Limits.of(Memory.ofMegabytes(256)).withJobs(7).withWall(
                Duration.ofSeconds(90)));
        assertThat(workers.settings().attempts()).isEqualTo(5);
        assertThat(workers.settings().history()).isEqualTo(Duration.ofDays(7));
        assertThat(workers.settings().drain()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void theBoundsOfTheMachineAreTheServices() {
        var workers = bound(WorkerProperties.class, "plimsoll.workers", Map.of("plimsoll.workers.kinds", "report",
                "plimsoll.workers.command", "true", "plimsoll.workers.max-memory-percent", "80",
                "plimsoll.workers.max-cpu-percent", "95", "plimsoll.workers.min-free-memory", "256MB"));
        assertThat(workers.settings().bounds()).isEqualTo(new Bounds(80, 95, Memory.ofMegabytes(256)));
    }

    @Test
    void aBurstIsTwiceTheLimitUnlessChosen() {
        assertThat(bound(WebProperties.class, "plimsoll.web", Map.of("plimsoll.web.rate-limit", "50")).limit())
                .contains(RateLimit.perSecond(50, 100));
        assertThat(bound(WebProperties.class, "plimsoll.web", Map.of("plimsoll.web.rate-limit", "50",
                "plimsoll.web.burst", "7")).limit()).contains(RateLimit.perSecond(50, 7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "plimsoll.redis.uri | localhost:6379 | `plimsoll.redis.uri` is `...`: write redis://HOST:PORT",
            "plimsoll.redis.namespace | a b | `plimsoll.redis.namespace` is `a b`: write 1 to 100 letters",
            "plimsoll.redis.patience | 0s | `plimsoll.redis.patience` is `PT0S`: write 1ms or more",
            "plimsoll.redis.lease | 99ms | `plimsoll.redis.lease` is `PT0.099S`: write 100ms or more, such as 1s",
            "plimsoll.cache.caches.a.fresh | 0s | `plimsoll.cache.caches.a.fresh` is `PT0S`: write 1ms to 365d",
            "plimsoll.cache.caches.a.stale | 21d | `plimsoll.cache.caches.a.stale` is `PT504H`: write 0s to 20d",
            "plimsoll.cache.caches.a.key | x | `plimsoll.cache.caches.a.key` is `x`: write names in braces",
            "plimsoll.cache.caches.a.format | 0 | `plimsoll.cache.caches.a.format` is `0`: write 1 or more",
            "plimsoll.cache.events.jira | b | `plimsoll.cache.events.jira` is `b`: write names of caches",
            "plimsoll.pool.url | mysql://x | `plimsoll.pool.url` is `...`: write postgres://USER:PASSWORD@HOST:PORT",
            "plimsoll.pool.maximum | 0 | `plimsoll.pool.maximum` is `0`: write 1 or more",
            "plimsoll.pool.minimum | 31 | `plimsoll.pool.minimum` is `31`: write 0 to plimsoll.pool.maximum, which is 30",
            "plimsoll.pool.patience | 299ms | `plimsoll.pool.patience` is `PT0.299S`: write 300ms or more",
            "plimsoll.pool.idle | 9s | `plimsoll.pool.idle` is `PT9S`: write 10s or more",
            "plimsoll.pool.lifetime | 29s | `plimsoll.pool.lifetime` is `PT29S`: write 30s or more",
            "plimsoll.web.open-paths | health | `plimsoll.web.open-paths` is `health`: begin paths with /",
            "plimsoll.web.rate-limit | 0 | `plimsoll.web.rate-limit` is `0`: write 1 to 1000000 requests a second",
            "plimsoll.web.burst | -1 | `plimsoll.web.burst` is `-1`: write 1 or more",
            "plimsoll.web.clients | 0 | `plimsoll.web.clients` is `0`: write 1 or more",
            "plimsoll.web.drain | 11m | `plimsoll.web.drain` is `PT11M`: write 0s to 10m",
            "plimsoll.semantic.dimensions | 4097 | `plimsoll.semantic.dimensions` is `4097`: write the length",
            "plimsoll.semantic.index-size | 1KB | `plimsoll.semantic.index-size` is `1024B`: write 1MB or more",
            "plimsoll.semantic.cosine | 1.1 | `plimsoll.semantic.cosine` is `1.1`: write a number above 0",
            "plimsoll.workers.kinds | a b | `plimsoll.workers.kinds` is `a b`: write names",
            "plimsoll.workers.kinds | a | `plimsoll.workers.work` is `null`: write either plimsoll.workers.work",
            "plimsoll.workers.slots | 0 | `plimsoll.workers.slots` is `0`: write 1 or more",
            "plimsoll.workers.memory | 47MB | `plimsoll.workers.memory` is `49283072B`: write 48MB or more",
            "plimsoll.workers.max-memory-percent | 0 | `plimsoll.workers.max-memory-percent` is `0`: write 1 to 100",
            "plimsoll.workers.max-cpu-percent | 101 | `plimsoll.workers.max-cpu-percent` is `101`: write 1 to 100",
            "plimsoll.workers.min-free-memory | -1B | `plimsoll.workers.min-free-memory` is `-1B`: write 0MB or more",
            "plimsoll.workers.wall | 0s | `plimsoll.workers.wall` is `PT0S`: write more than 0s",
            "plimsoll.workers.history | 12h | `plimsoll.workers.history` is `PT12H`: write 1d or more",
    })
    void aWrongValueIsNamedWithItsRemedy(String property, String value, String message) {
        var part = property.split("\\.")[1];
        var type = TYPES.getOrDefault(part, RedisProperties.class);
        assertThatThrownBy(() -> bound(type, "plimsoll." + part, Map.of(property, value))).rootCause().isInstanceOf(
                PropertyException.class).hasMessageStartingWith(message);
    }

    @Test
    void eventsNameAPlaceholderThatTheCachesHave() {
        assertThatThrownBy(() -> bound(CacheProperties.class, "plimsoll.cache", Map.of("plimsoll.cache.caches.a.key",
                "{org}:{item}", "plimsoll.cache.events.jira", "a", "plimsoll.cache.scope", "tenant"))).rootCause()
                .hasMessage("`plimsoll.cache.scope` is `tenant`: write a placeholder that plimsoll.cache.caches.a.key "
                        + "has: [org, item]");
    }

    @Test
    void passwordsAreNotRepeated() {
        assertThatThrownBy(() -> bound(RedisProperties.class, "plimsoll.redis", Map.of("plimsoll.redis.uri",
                "http://:secret@redis"))).rootCause().hasMessageNotContaining("secret");
        assertThat(bound(RedisProperties.class, "plimsoll.redis", Map.of("plimsoll.redis.uri",
                "redis://:secret@redis")).toString()).doesNotContain("secret");
        assertThat(bound(PoolProperties.class, "plimsoll.pool", Map.of("plimsoll.pool.url",
                "postgres://u:secret@db/x")).toString()).doesNotContain("secret");
    }
}
