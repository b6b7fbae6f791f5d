package dev.plimsoll.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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

    private void exhaust(String client) {
        for (var time = 0; time < 3; time++) {
            limits.ask(client);
        }
    }
}
