package dev.plimsoll.runtime.cache;

import static dev.plimsoll.runtime.redis.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.tag.Tag;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Caches of a process that runs alone promise what those on a Redis do, within the process.
class LocalCachesTest {
    private static final SyncRules RULES = SyncRules.by("org").on("jira", "gaps:*");
    private static final KeyTemplate<String> GAPS = KeyTemplate.of("gaps:comprehensive:{org}").tagged("org:{org}");

    private final Caches caches = Caches.local(RULES, CacheListener.SILENT);
    private final Cache<String, String> gaps = caches.cache(GAPS, Codec.text(), CachePolicy.fresh(Duration.ofHours(
            1)));
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void close() {
        caches.close();
    }

    private String load() {
        return "load " + loads.incrementAndGet();
    }

    @Test
    void aValueIsKept() {
        assertThat(gaps.get("acme", this::load)).isEqualTo("load 1");
        assertThat(gaps.get("acme", this::load)).isEqualTo("load 1");
        assertThat(gaps.find("acme")).contains("load 1");
        assertThat(gaps.find("other")).isEmpty();
        assertThat(gaps.counts().nearHits()).isEqualTo(2);
        assertThat(caches.connected()).isTrue();
    }

    @Test
    void anEventAndATagMakeItStale() {
        gaps.get("acme", this::load);
        caches.sync("jira", "other");
        assertThat(gaps.get("acme", this::load)).isEqualTo("load 1");
        caches.sync("jira", "acme");
        assertThat(gaps.get("acme", this::load)).isEqualTo("load 2");
        caches.invalidate(List.of(Tag.of("org:acme")));
        assertThat(gaps.find("acme")).isEmpty();
        assertThat(gaps.get("acme", this::load)).isEqualTo("load 3");
    }

    @Test
    void aTagIsNamedByTheValuesThatItIsMadeOf() {
        var mails = caches.cache(KeyTemplate.of("mail:{email}").tagged("user:{email}"), Codec.text(), CachePolicy.fresh(
                Duration.ofHours(1)));
        mails.get("ann@b.org", this::load);
        caches.invalidate(List.of(KeyTemplate.tag("user:{email}", "bob@b.org")));
        assertThat(mails.get("ann@b.org", this::load)).isEqualTo("load 1");
        caches.invalidate(List.of(KeyTemplate.tag("user:{email}", "ann@b.org")));
        assertThat(mails.get("ann@b.org", this::load)).isEqualTo("load 2");
    }

    /// As code without annotations does.
    @Test
    @SuppressWarnings("NullAway")
    void aLoaderThatReturnsNullIsTold() {
        assertThatThrownBy(() -> gaps.get("acme", () -> null)).isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the loader of `").hasMessageContaining("returned null");
    }

    /// Which nobody who only asks has any part in.
    @Test
    void anOfferThatIsOutdatedFailsNobodyWhoWaitsForTheSameKey() throws Exception {
        var failures = new AtomicReference<Throwable>();
        var end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        var reader = Thread.ofPlatform().start(() -> {
            try {
                while (System.nanoTime() < end) {
                    gaps.get("acme", this::load);
                }
            } catch (Throwable failure) {
                failures.set(failure);
            }
        });
        while (reader.isAlive()) {
            var since = gaps.stamp("acme");
            caches.sync("jira", "acme");
            gaps.offer("acme", "offered", since);
        }
        reader.join();
        assertThat(failures.get()).isNull();
    }

    @Test
    void loadersThatWaitForEachOtherAreTold() throws Exception {
        var both = new CountDownLatch(2);
        var other = caches.cache(KeyTemplate.of("other:{org}"), Codec.text(), CachePolicy.fresh(Duration.ofHours(1)));
        var told = new AtomicInteger();
        var one = Thread.ofPlatform().start(() -> crossed(gaps, other, both, told));
        var two = Thread.ofPlatform().start(() -> crossed(other, gaps, both, told));
        one.join(20_000);
        two.join(20_000);
        assertThat(one.isAlive() || two.isAlive()).isFalse();
        assertThat(told.get()).isPositive();
        assertThat(gaps.get("acme", this::load)).as("later").isNotNull();
    }

    private static void crossed(Cache<String, String> first, Cache<String, String> second, CountDownLatch both,
            AtomicInteger told) {
        try {
            first.get("acme", () -> {
                both.countDown();
                both.await();
                return second.get("acme", () -> "leaf");
            });
        } catch (IllegalStateException circular) {
            told.incrementAndGet();
        }
    }

    @Test
    void furtherTagsCountTowardsTheBound() {
        var many = new String[12];
        Arrays.setAll(many, at -> "some-longer-tag-name-" + at + ":{x}");
        var tagged = caches.cache(KeyTemplate.of("tagged:{x}").tagged(many), Codec.text(), CachePolicy.fresh(Duration
                .ofHours(1)));
        tagged.get("a", () -> "value");
        gaps.get("a", () -> "value");
        assertThat(tagged.counts().bytes() - gaps.counts().bytes()).isBetween(11 * 140L, 11 * 180L);
    }

    @Test
    void aSlowLoaderDoesNotBringBackWhatWasInvalidated() throws Exception {
        var loading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> gaps.get("acme", () -> {
                loading.countDown();
                goOn.await();
                return "old";
            }));
            loading.await();
            caches.sync("jira", "acme");
            var fresh = threads.submit(() -> gaps.get("acme", () -> "new"));
            assertThat(fresh.get()).isEqualTo("new");
            goOn.countDown();
            assertThat(slow.get()).isEqualTo("old");
        }
        assertThat(gaps.get("acme", this::load)).isEqualTo("new");
    }

    private Cache<String, String> users(CachePolicy policy) {
        return caches.cache(KeyTemplate.of("user:{id}"), Codec.text(), policy);
    }

    @Test
    void callsAreCountedByHowTheyWereAnswered() {
        var users = users(CachePolicy.fresh(Duration.ofMillis(1)).stale(Duration.ofHours(1)));
        until(() -> {
            users.get("7", this::load);
            return users.counts().staleHits() > 0;
        });
        var counts = users.counts();
        assertThat(counts.misses()).isEqualTo(1);
        assertThat(counts.nearHits() + counts.staleHits() + counts.misses()).isEqualTo(counts.requests());
    }

    @Test
    void whatIsGoneTakesNoMemory() {
        var users = users(CachePolicy.fresh(Duration.ofMillis(1)));
        users.get("7", this::load);
        until(() -> users.counts().bytes() == 0);
        assertThat(users.counts().evictions()).isZero();
    }

    @Test
    void callersOfOneKeyShareOneLoad() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 100).mapToObj(caller -> threads.submit(() -> gaps.get("acme", () -> {
                Thread.sleep(50);
                return load();
            }))).toList().forEach(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(
                    "load 1"));
        }
    }

    @Test
    void whatIsOfferedTooLateIsNotKept() {
        var stamp = gaps.stamp("acme");
        assertThat(gaps.offer("acme", "made", stamp)).contains("made");
        caches.sync("jira", "acme");
        assertThat(gaps.offer("acme", "late", stamp)).isEmpty();
        assertThat(gaps.find("acme")).isEmpty();
    }
}
