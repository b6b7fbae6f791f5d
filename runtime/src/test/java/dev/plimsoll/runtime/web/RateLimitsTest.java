package dev.plimsoll.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final RateLimits limits = new RateLimits(RateLimit.perSecond(2, 3), 100, nanos::get);

    @Test
    void aRestedClientMayAskAsOftenAsTheBurst() {
        assertThat(limits.ask("a").remaining()).isEqualTo(2);
        assertThat(limits.ask("a").remaining()).isEqualTo(1);
        assertThat(limits.ask("a").remaining()).isZero();
        assertThat(limits.ask("a").allowed()).isFalse();
    }

    @Test
    void oneRequestComesBackWithEachRefillAlsoWhenTheClockWrapsAround() {
        exhaust("a");
        nanos.addAndGet(Duration.ofMillis(499).toNanos());
        assertThat(limits.ask("a").allowed()).isFalse();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(limits.ask("a").allowed()).isTrue();
        assertThat(limits.ask("a").allowed()).isFalse();
    }

    @Test
    void aClientThatObeysRetryAfterIsNotRefusedAgain() {
        exhaust("a");
        var refused = limits.ask("a");
        assertThat(refused.headers()).containsEntry("Retry-After", "1").containsEntry("RateLimit-Limit", "3")
                .containsEntry("RateLimit-Remaining", "0").containsEntry("RateLimit-Reset", "2");
        nanos.addAndGet(refused.retryAfter().toNanos());
        assertThat(limits.ask("a").allowed()).isTrue();
    }

    @Test
    void aLongRestGivesNoMoreThanTheBurst() {
        exhaust("a");
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(limits.ask("a").remaining()).isEqualTo(2);
        exhaust("a");
        assertThat(limits.ask("a").allowed()).isFalse();
    }

    @Test
    void refusedRequestsCostNothing() {
        exhaust("a");
        for (var time = 0; time < 50; time++) {
            limits.ask("a");
        }
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(limits.ask("a").allowed()).isTrue();
    }

    @Test
    void clientsDoNotShare() {
        exhaust("a");
        assertThat(limits.ask("b").allowed()).isTrue();
    }

    @Test
    void madeUpClientsDoNotGrowTheMemory() {
        for (var client = 0; client < 1_000; client++) {
            limits.ask("client " + client);
        }
        assertThat(limits.clients()).isEqualTo(100);
    }

    /// 2,000 names of 64 kB are 128 MB.
    @Test
    void namesHoweverLongDoNotGrowTheMemoryEither() {
        var many = new RateLimits(RateLimit.perSecond(2, 3), 2_000, nanos::get);
        var tail = "x".repeat(1 << 16);
        var before = heldBytes();
        for (var client = 0; client < 2_000; client++) {
            many.ask(client + tail);
        }
        assertThat(heldBytes() - before).isLessThan(32L << 20);
        assertThat(many.clients()).isEqualTo(2_000);
    }

    @Test
    void clientsWithLongNamesDoNotShareAndAreKnownAgain() {
        var name = "token " + "7".repeat(10_000);
        exhaust(name);
        assertThat(limits.ask(name).allowed()).isFalse();
        assertThat(limits.ask(name + "8").allowed()).isTrue();
    }

    /// What is kept of a long name is no name that another could have.
    @Test
    void nobodyTakesTheTokensOfALongNameBySpellingWhatIsKeptOfIt() throws NoSuchAlgorithmException {
        var name = "token " + "7".repeat(100);
        exhaust(name);
        var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(
                StandardCharsets.UTF_8)));
        assertThat(limits.ask(digest).allowed()).isTrue();
        assertThat(limits.ask("sha256:" + digest).allowed()).isTrue();
    }

    @Test
    void theClientNotSeenForLongestIsForgottenFirst() {
        exhaust("seen");
        exhaust("not seen");
        for (var client = 0; client < 99; client++) {
            assertThat(limits.ask("seen").allowed()).isFalse();
            limits.ask("client " + client);
        }
        assertThat(limits.ask("seen").allowed()).isFalse();
        assertThat(limits.ask("not seen").allowed()).isTrue();
    }

    @Test
    void manyThreadsTogetherGetNoMoreThanTheBurst() {
        var allowed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var time = 0; time < 200; time++) {
                threads.execute(() -> allowed.addAndGet(limits.ask("a").allowed() ? 1 : 0));
            }
        }
        assertThat(allowed).hasValue(3);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> new RateLimit(0, Duration.ofSeconds(1))).hasMessageContaining("0 requests");
    }

    /// 2,000,000,000 times 5 seconds are 317 years, more than a long has nanoseconds.
    @Test
    void aLimitThatTakesCenturiesToRefillIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(2_000_000_000, Duration.ofSeconds(5)))
                .withMessageContaining("2000000000 requests, one back every PT5S");
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(1, ChronoUnit.FOREVER.getDuration()));
    }

    @Test
    void theLargestLimitCountsRight() {
        var large = new RateLimits(new RateLimit(1_000_000, Duration.ofHours(3).dividedBy(2)), 1, nanos::get);
        assertThat(large.ask("a").remaining()).isEqualTo(999_999);
        assertThat(large.ask("a").remaining()).isEqualTo(999_998);
    }

    private static long heldBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void exhaust(String client) {
        for (var time = 0; time < 3; time++) {
            limits.ask(client);
        }
    }
}
