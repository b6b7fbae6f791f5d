package dev.plimsoll.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private final Circuit circuit = new Circuit(Duration.ofNanos(100));

    @Test
    void letsAllThroughWhileTheySucceed() {
        assertThat(circuit.admits(1)).isTrue();
        assertThat(circuit.admits(1)).isTrue();
    }

    @Test
    void letsOneThroughAtEachIntervalAfterAFailure() {
        circuit.failed(1_000);
        assertThat(circuit.admits(1_099)).isFalse();
        assertThat(circuit.admits(1_100)).isTrue();
        assertThat(circuit.admits(1_101)).isFalse();
        assertThat(circuit.admits(1_200)).isTrue();
        assertThat(circuit.isClosed()).isFalse();
    }

    @Test
    void letsAllThroughAgainAfterASuccess() {
        circuit.failed(1_000);
        circuit.succeeded();
        assertThat(circuit.admits(1_001)).isTrue();
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void theClockMayOverflow() {
        circuit.failed(Long.MAX_VALUE - 10);
        assertThat(circuit.admits(Long.MAX_VALUE)).isFalse();
        assertThat(circuit.admits(Long.MIN_VALUE + 89)).isTrue();
    }
}
