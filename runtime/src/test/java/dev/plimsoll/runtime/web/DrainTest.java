package dev.plimsoll.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final Drain drain = new Drain();

    @Test
    void requestsUnderWayAreWaitedForAndNewOnesTurnedAway() throws InterruptedException, ExecutionException,
            TimeoutException {
        assertThat(drain.enter()).isTrue();
        var left = CompletableFuture.supplyAsync(() -> {
            try {
                return drain.drain(Duration.ofSeconds(30));
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        });
        while (!drain.draining()) {
            Thread.onSpinWait();
        }
        assertThat(drain.enter()).isFalse();
        assertThat(left).isNotDone();
        drain.leave();
        assertThat(left.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whatTakesTooLongIsCountedAndLeft() throws InterruptedException {
        drain.enter();
        drain.enter();
        drain.leave();
        assertThat(drain.active()).isEqualTo(1);
        assertThat(drain.drain(Duration.ofMillis(20))).isEqualTo(1);
    }

    /// As where a service is paused and goes on.
    @Test
    void requestsAreLetInAgainAfterIt() throws InterruptedException {
        drain.drain(Duration.ZERO);
        assertThat(drain.enter()).isFalse();
        drain.reopen();
        assertThat(drain.enter()).isTrue();
        assertThat(drain.draining()).isFalse();
    }

    @Test
    void anIdleServiceDrainsAtOnce() throws InterruptedException {
        assertThat(drain.drain(Duration.ofDays(1))).isZero();
    }
}
