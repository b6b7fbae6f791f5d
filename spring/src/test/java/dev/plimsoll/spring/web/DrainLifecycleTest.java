package dev.plimsoll.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.web.Drain;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainLifecycleTest {
    private final Drain drain = new Drain();
    private final DrainLifecycle lifecycle = new DrainLifecycle(drain, Duration.ZERO);

    /// As test suites do with contexts, and who takes a snapshot of a process.
    @Test
    void aContextThatWasStoppedAndStartsAgainServes() {
        lifecycle.start();
        lifecycle.stop();
        assertThat(drain.enter()).isFalse();
        assertThat(lifecycle.isRunning()).isFalse();
        lifecycle.start();
        assertThat(drain.enter()).isTrue();
        assertThat(lifecycle.isRunning()).isTrue();
    }
}
