package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    private void later(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void anAnswerIsGoodForASecond() throws InterruptedException {
        var recent = new Recent<>(asked::incrementAndGet, nanos::get);
        assertThat(recent.get()).isEqualTo(1);
        later(1000);
        assertThat(recent.get()).isEqualTo(1);
        later(1);
        assertThat(recent.get()).isEqualTo(2);
    }

    @Test
    void whoCannotWaitGetsTheLastAnswerAndNobodyAsksTwice() throws InterruptedException {
        var open = new CountDownLatch(1);
        var recent = new Recent<>(() -> {
            if (asked.incrementAndGet() == 2) {
                open.await();
            }
            return asked.get();
        }, nanos::get);
        assertThat(recent.soon(0)).isEqualTo(1);
        later(1001);
        assertThat(recent.soon(0)).isEqualTo(1);
        assertThat(recent.soon(0)).isEqualTo(1);
        open.countDown();
        assertThat(recent.get()).isEqualTo(2);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aSourceThatFailsLeavesTheLastAnswer() {
        var recent = new Recent<>(() -> {
            if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("away");
            }
            return 1;
        }, nanos::get);
        assertThat(recent.soon(0)).isEqualTo(1);
        later(1001);
        assertThat(recent.soon(0)).isEqualTo(1);
        assertThat(new Recent<>(() -> {
            throw new IllegalStateException("away");
        }).soon(7)).isEqualTo(7);
    }
}
