package dev.plimsoll.runtime.cache;

import static dev.plimsoll.runtime.redis.Patience.pause;
import static dev.plimsoll.runtime.redis.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.redis.RedisServer;
import dev.plimsoll.runtime.tag.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Two processes are two [Caches] here; [CoherenceTest] starts real ones.
@ParameterizedClass
@EnumSource
class CacheTest {
    private static final SyncRules RULES = SyncRules.by("org").on("jira", "gaps:*");
    private static final KeyTemplate<String> GAPS = KeyTemplate.of("gaps:comprehensive:{org}").tagged("org:{org}");
    private static final CachePolicy HOUR = CachePolicy.fresh(Duration.ofHours(1));

    private final List<Caches> opened = new ArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final RedisServer.Kind kind;
    private RedisServer redis;

    CacheTest(RedisServer.Kind kind) {
        this.kind = kind.installed();
    }

    @BeforeEach
    void start() {
        redis = RedisServer.start(kind);
    }

    @AfterEach
    void stop() {
        opened.forEach(Caches::close);
        redis.close();
    }

    private Caches open() {
        var caches = Caches.connect(redis.uri(), RedisOptions.DEFAULT, RULES, CacheListener.SILENT);
        opened.add(caches);
        return caches;
    }

    private Cache<String, String> gaps(Caches caches, CachePolicy policy) {
        return caches.cache(GAPS, Codec.text(), policy);
    }

    private String load() {
        return "load " + loads.incrementAndGet();
    }

    @Test
    void aValueIsLoadedOnceForAllProcesses() {
        var here = gaps(open(), HOUR);
        var there = gaps(open(), HOUR);
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        assertThat(there.get("acme", this::load)).isEqualTo("load 1");
        until(() -> {
            assertThat(here.get("acme", this::load)).isEqualTo("load 1");
            return here.counts().nearHits() > 10;
        });
        assertThat(there.counts().sharedHits()).isEqualTo(1);
        assertThat(here.get("other", this::load)).isEqualTo("load 2");
        assertThat(here.counts().misses()).isEqualTo(2);
        assertThat(here.counts().loads()).isEqualTo(2);
    }

    @Test
    void anEventDropsWhatTheRulesSayInAllProcesses() {
        var caches = open();
        var here = gaps(caches, HOUR);
        var there = gaps(open(), HOUR);
        for (var round = 1; round <= 500; round++) {
            assertThat(there.get("acme", this::load)).isEqualTo("load " + round);
            caches.sync("jira", "acme");
        }
        assertThat(here.get("acme", this::load)).isEqualTo("load 501");
        caches.sync("jira", "other");
        assertThat(here.get("acme", this::load)).isEqualTo("load 501");
        caches.invalidate(List.of(Tag.of("org:acme")));
        assertThat(there.get("acme", this::load)).isEqualTo("load 502");
    }

    @Test
    void callersOfOneKeyShareOneLoad() throws Exception {
        var here = gaps(open(), HOUR);
        var there = gaps(open(), HOUR);
        var values = together(100, () -> (loads.get() % 2 == 0 ? here : there).get("acme", () -> {
            pause(50);
            return load();
        }));
        assertThat(values).containsOnly("load 1");
    }

    private static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<T>>();
            for (var caller = 0; caller < callers; caller++) {
                calls.add(threads.submit(call));
            }
            var results = new ArrayList<T>();
            for (var each : calls) {
                results.add(each.get());
            }
            return results;
        }
    }

    @Test
    void aSlowLoaderBringsNothingBack() throws Exception {
        var caches = open();
        // Before, values are not kept in the process, and a late one may take the place of the other in Redis.
        until(caches::connected);
        var here = gaps(caches, HOUR);
        var loading = new CountDownLatch(1);
        var invalidated = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> here.get("acme", () -> {
                loading.countDown();
                invalidated.await();
                return "old";
            }));
            loading.await();
            caches.sync("jira", "acme");
            // Neither waits for the load under way nor takes its value.
            assertThat(here.get("acme", () -> "new")).isEqualTo("new");
            invalidated.countDown();
            assertThat(slow.get()).isEqualTo("old");
            // A machine that stood still for a lease loads once more.
            assertThat(here.get("acme", this::load)).isIn("new", "load 1");
        }
    }

    @Test
    void aStaleValueIsReturnedWhileItIsLoadedAnew() {
        var here = gaps(open(), CachePolicy.fresh(Duration.ofMillis(150)).stale(Duration.ofHours(1)));
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        pause(200);
        var slow = new CountDownLatch(1);
        assertThat(here.get("acme", () -> {
            slow.await();
            return load();
        })).isEqualTo("load 1");
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        slow.countDown();
        until(() -> here.get("acme", this::load).equals("load 2"));
    }

    @Test
    void aStaleValueIsNotReturnedOnceInvalidated() {
        var caches = open();
        var here = gaps(caches, CachePolicy.fresh(Duration.ofMillis(100)).stale(Duration.ofHours(1)));
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        pause(150);
        caches.sync("jira", "acme");
        assertThat(here.get("acme", this::load)).isEqualTo("load 2");
    }

    @Test
    void aValueThatCannotBeLoadedAnewIsReturnedUntilItIsTooOld() {
        var here = gaps(open(), CachePolicy.fresh(Duration.ofMillis(100)).stale(Duration.ofMillis(400)));
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        pause(150);
        assertThat(here.get("acme", () -> {
            throw new IllegalStateException("away");
        })).isEqualTo("load 1");
        pause(450);
        assertThat(here.get("acme", this::load)).isEqualTo("load 2");
        assertThat(here.counts().failures()).isEqualTo(1);
    }

    @Test
    void whatALoaderThrowsReachesAllWhoWaitAndNothingIsKept() {
        var here = gaps(open(), HOUR);
        assertThatIllegalStateException().isThrownBy(() -> here.get("acme", () -> {
            throw new IllegalStateException("no gaps");
        })).withMessage("no gaps");
        assertThatExceptionOfType(LoadFailedException.class).isThrownBy(() -> here.get("acme", () -> {
            throw new IOException("no disk");
        })).withMessageContaining("gaps:comprehensive:acme").withCauseInstanceOf(IOException.class);
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
    }

    @Test
    void aCallerThatIsInterruptedDoesNotSpoilTheOthersWait() throws Exception {
        var here = gaps(open(), HOUR);
        var loading = new CountDownLatch(1);
        var leader = Thread.ofVirtual().start(() -> assertThatThrownBy(() -> here.get("acme", () -> {
            loading.countDown();
            Thread.sleep(60_000);
            return "never";
        })).isInstanceOf(LoadFailedException.class));
        loading.await();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var joined = threads.submit(() -> here.get("acme", this::load));
            pause(20);
            leader.interrupt();
            assertThat(joined.get()).isEqualTo("load 1");
        }
        leader.join();
    }

    @Test
    void aLoaderThatAsksForItsOwnKeyIsTold() {
        var here = gaps(open(), HOUR);
        assertThatIllegalStateException().isThrownBy(() -> here.get("acme", () -> here.get("acme", this::load)))
                .withMessageContaining("its own key");
    }

    @Test
    void aProcessThatDiesWhileLoadingDelaysOthersAtMostByItsLease() {
        var here = gaps(open(), HOUR.lease(Duration.ofMillis(300)));
        var abandoned = open();
        var there = gaps(abandoned, HOUR.lease(Duration.ofMillis(300)));
        var loading = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> there.get("acme", () -> {
            loading.countDown();
            Thread.sleep(60_000);
            return "never";
        }));
        until(() -> loading.getCount() == 0);
        abandoned.close();
        var begun = System.nanoTime();
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    /// So that what was loaded together does not end together.
    @Test
    void valuesStayFreshForNinetyToHundredPercentOfTheTime() {
        var here = gaps(open(), CachePolicy.fresh(Duration.ofSeconds(10_000)));
        for (var key = 0; key < 50; key++) {
            here.get("org" + key, this::load);
        }
        until(() -> keys("v").size() == 50);
        var lives = keys("v").stream().map(key -> redis.<Long>with(client -> client.pttl(key))).sorted().toList();
        assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(8_900_000L, 10_000_000L));
        assertThat(lives.getLast() - lives.getFirst()).isGreaterThan(200_000);
    }

    /// Values of kind `v`, claims of kind `l`.
    private List<String> keys(String kind) {
        return redis.with(client -> client.keys("plimsoll:" + kind + ":*"));
    }

    @Test
    void aLoaderThatFailsGivesItsClaimBack() {
        var here = gaps(open(), HOUR.lease(Duration.ofMinutes(10)));
        var claims = new ArrayList<String>();
        assertThatIllegalStateException().isThrownBy(() -> here.get("acme", () -> {
            claims.addAll(keys("l"));
            throw new IllegalStateException("no gaps");
        }));
        assertThat(claims).hasSize(1);
        until(() -> keys("l").isEmpty());
    }

    @Test
    void aProcessKeepsItsClaimWhileItLoads() {
        var here = gaps(open(), HOUR.lease(Duration.ofSeconds(1)));
        here.get("acme", () -> {
            var claim = keys("l").getFirst();
            var left = new AtomicLong(Long.MAX_VALUE);
            until(() -> {
                var now = redis.<Long>with(client -> client.pttl(claim));
                return left.getAndSet(now) < now;
            });
            return load();
        });
        until(() -> keys("l").isEmpty());
    }

    @Test
    void aValueAboveEightMebibytesStaysInTheProcess() {
        var caches = open();
        until(caches::connected);
        var here = gaps(caches, HOUR.lease(Duration.ofMinutes(10)).bytes(64 << 20));
        var large = "x".repeat((8 << 20) + 1);
        assertThat(here.get("acme", () -> large)).isEqualTo(large);
        until(() -> keys("l").isEmpty());
        assertThat(keys("v")).isEmpty();
        until(() -> here.get("acme", () -> large).equals(large) && here.counts().nearHits() > 0);
    }

    @Test
    void theProcessKeepsNoMoreBytesThanAllowed() {
        var here = gaps(open(), HOUR.bytes(1 << 20));
        for (var key = 0; key < 3_000; key++) {
            var size = (key * 7919) % 5_000;
            here.get("org" + key, () -> "x".repeat(size));
        }
        assertThat(here.counts().bytes()).isBetween(900_000L, 1L << 20);
        assertThat(here.counts().evictions()).isPositive();
    }

    @Test
    void anotherFormatInRedisIsLoadedAnew() {
        var caches = open();
        gaps(caches, HOUR).get("acme", this::load);
        var numbers = open().cache(GAPS, new Codec<>("number", (Integer number) -> new byte[]{number.byteValue()},
                bytes -> (int) bytes[0]), HOUR);
        assertThat(numbers.get("acme", () -> 7)).isEqualTo(7);
    }

    @Test
    void whatCannotBeDecodedIsLoadedAnew() {
        gaps(open(), HOUR).get("acme", this::load);
        var broken = open().cache(GAPS, new Codec<String>("text", String::getBytes, bytes -> {
            throw new IllegalStateException("changed");
        }), HOUR);
        assertThat(broken.get("acme", this::load)).isEqualTo("load 2");
    }

    @Test
    void aTemplateHasOneCache() {
        var caches = open();
        gaps(caches, HOUR);
        assertThatThrownBy(() -> gaps(caches, HOUR)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gaps:comprehensive:{org}");
    }

    @Test
    void callsGoOnWithoutRedisAndAreSharedInTheProcess() throws ExecutionException, Exception {
        var caches = open();
        var here = gaps(caches, HOUR);
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        redis.kill();
        until(() -> here.get("acme", this::load).equals("load 2"));
        loads.set(0);
        together(100, () -> here.get("acme", () -> {
            pause(20);
            return load();
        }));
        // Whoever came during a load cannot know whether it was invalidated, and shares the next one.
        assertThat(loads).hasValueLessThan(20);
        redis.restart();
        until(() -> {
            here.get("acme", this::load);
            return here.counts().nearHits() > 0;
        });
    }

    @Test
    void callsDoNotWaitForARedisThatHangs() {
        var here = gaps(open(), HOUR);
        here.get("acme", this::load);
        redis.hang();
        pause(1_200);
        here.get("acme", this::load);
        var begun = System.nanoTime();
        for (var call = 0; call < 200; call++) {
            here.get("acme", this::load);
        }
        // Each would take 250 ms, together 50 s; only attempts at intervals do.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        redis.goOn();
    }

    @Test
    void oneCallerAtATimeLoadsAKeyWhileRedisStallsAndTheLeaseLasts() throws Exception {
        var caches = Caches.connect(redis.uri(), RedisOptions.DEFAULT.lease(Duration.ofSeconds(20)), RULES,
                CacheListener.SILENT);
        opened.add(caches);
        until(caches::connected);
        var here = gaps(caches, HOUR);
        caches.sync("jira", "acme");
        redis.hang();
        var loading = new AtomicInteger();
        var most = new AtomicInteger();
        together(100, () -> here.get("acme", () -> {
            most.accumulateAndGet(loading.incrementAndGet(), Math::max);
            pause(50);
            loading.decrementAndGet();
            return load();
        }));
        assertThat(caches.connected()).isTrue();
        assertThat(most).hasValue(1);
        redis.goOn();
    }

    @Test
    void callsGoOnOverALinkThatOutlivesTheCachesAndLeaveNoClaim() {
        try (var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT)) {
            var caches = Caches.over(link, RULES, CacheListener.SILENT);
            var here = gaps(caches, HOUR.lease(Duration.ofHours(1)));
            caches.close();
            assertThat(here.get("acme", this::load)).isEqualTo("load 1");
            until(() -> redis.with(client -> client.keys("plimsoll:l:*")).isEmpty());
        }
    }

    @Test
    void whatIsFoundWasNotLoadedForIt() {
        var here = gaps(open(), HOUR);
        var there = gaps(open(), HOUR);
        assertThat(here.find("acme")).isEmpty();
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
        until(() -> here.find("acme").isPresent() && here.counts().nearHits() > 0);
        until(() -> there.find("acme").isPresent());
        assertThat(loads).hasValue(1);
        assertThat(there.counts().loads()).isZero();
    }

    @Test
    void whatIsStaleIsNotFound() {
        var policy = CachePolicy.fresh(Duration.ofMillis(100)).stale(Duration.ofHours(1));
        var here = gaps(open(), policy);
        var there = gaps(open(), policy);
        here.get("acme", this::load);
        until(() -> !keys("v").isEmpty());
        until(() -> here.find("acme").isEmpty() && there.find("acme").isEmpty());
        assertThat(here.get("acme", this::load)).isEqualTo("load 1");
    }

    @Test
    void anOfferIsKeptForAllProcesses() {
        var here = gaps(open(), HOUR);
        var there = gaps(open(), HOUR);
        var since = here.stamp("acme");
        assertThat(here.offer("acme", "made", since)).contains("made");
        until(() -> there.find("acme").equals(Optional.of("made")));
        assertThat(there.offer("acme", "made later", there.stamp("acme"))).contains("made");
    }

    @Test
    void anOfferOfBeforeAnInvalidationIsNotKept() {
        var caches = open();
        var here = gaps(caches, HOUR);
        var since = here.stamp("acme");
        gaps(open(), HOUR);
        opened.getLast().sync("jira", "acme");
        assertThat(here.offer("acme", "made before", since)).isEmpty();
        assertThat(here.find("acme")).isEmpty();
    }

    @Test
    void withoutRedisNothingIsFoundAndNoOfferKept() {
        var caches = open();
        var here = gaps(caches, HOUR);
        until(caches::connected);
        redis.kill();
        assertThat(here.find("acme")).isEmpty();
        assertThat(here.offer("acme", "made", here.stamp("acme"))).isEmpty();
        until(() -> !caches.connected());
    }

    @Test
    void keysMayBeListsInTheOrderOfThePlaceholders() {
        var template = KeyTemplate.ofList("rel:{org}:{key}").tagged("org:{org}");
        assertThat(template.render(List.of("a:b", "c"))).isEqualTo("rel:a%3Ab:c");
        assertThat(template.tags(List.of("acme", "c"))).containsExactly(Tag.of("org:acme"));
        assertThatIllegalArgumentException().isThrownBy(() -> template.render(List.of("a")))
                .withMessage("`rel:{org}:{key}` takes 2 values, not 1");
    }
}
