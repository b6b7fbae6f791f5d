package dev.plimsoll.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ProcessMetersTest {
    @Test
    void residentMemoryIsMoreThanTheHeap() {
        var registry = new SimpleMeterRegistry();
        new ProcessMeters().bindTo(registry);
        var used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThat(registry.get("process.resident.memory").gauge().value()).isGreaterThan(used);
    }
}
