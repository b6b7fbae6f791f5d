package dev.plimsoll.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.cache.SyncRules;
import dev.plimsoll.runtime.redis.PendingInvalidationException;
import dev.plimsoll.spring.Servers;
import dev.plimsoll.spring.cache.TaggedCache.Evictions;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.interceptor.SimpleKey;
import tools.jackson.databind.json.JsonMapper;

/// Two processes are two [Caches] on a real Redis.
class TaggedCacheTest {
    private static final SyncRules RULES = SyncRules.by("org").on("import", "prices:*");
    private static final ThreadLocal<String> CONTEXT = ThreadLocal.withInitial(() -> "none");
    private static final SimpleKey KEY = new SimpleKey("acme", 7);

    @TempDir
    Path directory;
    private final AtomicInteger loads = new AtomicInteger();
    private Servers servers;
    private Caches here;
    private Caches there;
    private TaggedCache prices;
    private TaggedCache pricesThere;

    record Price(int cents) {}

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(directory).startRedis();
        here = Caches.connect(servers.redisUrl(), RULES);
        there = Caches.connect(servers.redisUrl(), RULES);
        prices = cache(here);
        pricesThere = cache(there);
        until(() -> here.connected() && there.connected());
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
        servers.close();
    }

    private static TaggedCache cache(Caches caches) {
        return cache(caches, "prices", CachePolicy.fresh(Duration.ofHours(1)), Evictions.REPEATED);
    }

    /// Loads in the background are those of `background`.
    private static TaggedCache cache(Caches caches, String name, CachePolicy policy, Evictions evictions) {
        return new TaggedCache(name, KeyTemplate.ofList(name + ":{org}:{item}"), new JsonCodecs(new JsonMapper())
                .codec(Price.class.getName(), 1), policy, caches, evictions, task -> () -> {
                    CONTEXT.set("background");
                    task.run();
                });
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("did not happen within 20 s").isNegative();
            Thread.onSpinWait();
        }
    }

    private Price load() {
        return new Price(loads.incrementAndGet());
    }

    private Price loaded(TaggedCache cache) {
        return java.util.Objects.requireNonNull(cache.get(KEY, this::load));
    }

    @Test
    void isLoadedOnceForAllProcesses() {
        assertThat(loaded(prices)).isEqualTo(new Price(1));
        until(() -> pricesThere.get(KEY) != null);
        assertThat(loaded(pricesThere)).isEqualTo(new Price(1));
        assertThat(loads).hasValue(1);
    }

    @Test
    void whatIsPutAfterAMissIsKept() {
        assertThat(prices.get(KEY)).isNull();
        prices.put(KEY, new Price(5));
        assertThat(loaded(prices)).isEqualTo(new Price(5));
        until(() -> pricesThere.get(KEY) != null);
        assertThat(pricesThere.get(KEY, Price.class)).isEqualTo(new Price(5));
    }

    @Test
    void whatIsPutAfterAMissAndAnInvalidationIsNotKept() {
        assertThat(prices.get(KEY)).isNull();
        there.sync("import", "acme");
        prices.put(KEY, new Price(5));
        assertThat(prices.get(KEY)).isNull();
        assertThat(loaded(pricesThere)).isEqualTo(new Price(1));
    }

    @Test
    void anyOtherPutEvictsInAllProcesses() {
        assertThat(loaded(prices)).isEqualTo(new Price(1));
        assertThat(loaded(pricesThere).cents()).isLessThanOrEqualTo(2);
        prices.put(KEY, new Price(99));
        var last = loads.get();
        assertThat(loaded(pricesThere)).isEqualTo(new Price(last + 1));
    }

    @Test
    void callersThatMissTogetherAndLoadTheSameKeepIt() {
        assertThat(prices.get(KEY)).isNull();
        assertThat(pricesThere.get(KEY)).isNull();
        prices.put(KEY, new Price(5));
        pricesThere.put(KEY, new Price(5));
        assertThat(loaded(prices)).isEqualTo(new Price(5));
        assertThat(loaded(pricesThere)).isEqualTo(new Price(5));
    }

    @Test
    void callersThatMissTogetherAndLoadDifferentThingsKeepNeither() {
        assertThat(prices.get(KEY)).isNull();
        assertThat(pricesThere.get(KEY)).isNull();
        prices.put(KEY, new Price(5));
        until(() -> !here.all().isEmpty() && prices.get(KEY) != null);
        pricesThere.put(KEY, new Price(6));
        assertThat(loaded(prices)).isEqualTo(new Price(1));
    }

    @Test
    void evictsOneKey() {
        loaded(prices);
        prices.get(new SimpleKey("acme", 8), this::load);
        pricesThere.evict(KEY);
        assertThat(loaded(prices)).isEqualTo(new Price(3));
        assertThat(prices.get(new SimpleKey("acme", 8), Price.class)).isEqualTo(new Price(2));
    }

    @Test
    void clearsAllWithoutLookingForKeys() {
        loaded(prices);
        prices.get(new SimpleKey("acme", 8), this::load);
        pricesThere.clear();
        assertThat(prices.get(KEY)).isNull();
        assertThat(prices.get(new SimpleKey("acme", 8))).isNull();
        try (var client = RedisClient.create(servers.redisUrl()); var connection = client.connect()) {
            assertThat(connection.sync().info("commandstats")).contains("cmdstat_mget").doesNotContain("cmdstat_keys",
                    "cmdstat_scan");
        }
    }

    @Test
    void nullIsAValue() {
        prices.get(KEY, () -> {
            loads.incrementAndGet();
            return null;
        });
        until(() -> pricesThere.get(KEY) != null);
        var found = java.util.Objects.requireNonNull(pricesThere.get(KEY));
        assertThat(found.get()).isNull();
        assertThat(loads).hasValue(1);
    }

    @Test
    void whatALoaderThrowsIsPassedOnAsSpringExpects() {
        assertThatThrownBy(() -> prices.get(KEY, () -> {
            throw new IOException("away");
        })).isInstanceOf(ValueRetrievalException.class).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> prices.get(KEY, () -> {
            throw new IllegalStateException("away");
        })).isInstanceOf(ValueRetrievalException.class).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutRedisEachCallLoads() {
        servers.close();
        until(() -> !here.connected());
        assertThat(prices.get(KEY)).isNull();
        prices.put(KEY, new Price(5));
        assertThat(prices.get(KEY)).isNull();
        assertThat(List.of(loaded(prices), loaded(prices))).containsExactly(new Price(1), new Price(2));
    }

    @Test
    void withoutRedisAnEvictionDoesNotFailTheMethodThatMakesIt() {
        assertThat(loaded(prices)).isEqualTo(new Price(1));
        servers.close();
        until(() -> !here.connected());
        prices.evict(KEY);
        prices.clear();
        prices.put(KEY, new Price(99));
        assertThat(loaded(prices)).isEqualTo(new Price(2));
    }

    @Test
    void strictEvictionsThatRedisDoesNotConfirmAreThrown() {
        var strict = cache(here, "strict", CachePolicy.fresh(Duration.ofHours(1)), Evictions.STRICT);
        servers.close();
        until(() -> !here.connected());
        assertThatThrownBy(() -> strict.evict(KEY)).isInstanceOf(PendingInvalidationException.class);
        assertThatThrownBy(strict::clear).isInstanceOf(PendingInvalidationException.class);
        assertThatThrownBy(() -> strict.put(KEY, new Price(99))).isInstanceOf(PendingInvalidationException.class);
    }

    /// A tenth of the time of freshness is the last moments of a value that takes long to load.
    @Test
    void whatIsFreshIsLoadedInNoOtherThreadThanItsCallers() {
        var brief = cache(here, "brief", CachePolicy.fresh(Duration.ofMillis(500)).jitterPercent(0),
                Evictions.REPEATED);
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (System.nanoTime() - end < 0) {
            brief.get(KEY, () -> {
                threads.add(Thread.currentThread());
                TimeUnit.MILLISECONDS.sleep(50);
                return load();
            });
        }
        assertThat(loads).hasValueGreaterThan(2);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void whatIsStaleIsLoadedInTheBackgroundWithADecorator() {
        var brief = cache(here, "brief", CachePolicy.fresh(Duration.ofMillis(100)).stale(Duration.ofHours(1)),
                Evictions.REPEATED);
        var contexts = ConcurrentHashMap.<String>newKeySet();
        Callable<Price> load = () -> {
            contexts.add(CONTEXT.get());
            return load();
        };
        brief.get(KEY, load);
        assertThat(contexts).containsExactly("none");
        until(() -> {
            brief.get(KEY, load);
            return contexts.contains("background");
        });
    }
}
