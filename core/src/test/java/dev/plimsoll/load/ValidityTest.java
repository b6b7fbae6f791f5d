package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// When a measurement is about the server.
class ValidityTest {
    private static boolean holds(long lagMicros, double handed, double objectiveMillis) {
        return Validity.of(LoadRuns.latency(100, lagMicros / 4), handed, objectiveMillis).holds();
    }

    @Test
    void aGeneratorMayBeLateByATenthOfTheObjectiveOrAMillisecond() {
        assertThat(holds(50_000, 1, 500)).isTrue();
        assertThat(holds(50_004, 1, 500)).isFalse();
        assertThat(holds(1000, 1, 1)).isTrue();
        assertThat(holds(1004, 1, 1)).isFalse();
    }

    @Test
    void aGeneratorHandsOverNearlyAllThatIsPlanned() {
        assertThat(holds(0, 0.99, 500)).isTrue();
        assertThat(holds(0, 0.98, 500)).isFalse();
    }

    @Test
    void withoutARequestNothingIsMeasured() {
        var validity = Validity.of(Latency.NONE, 1, 500);
        assertThat(validity.measuring(new Counts(1, 0, 0, Map.of(), 0), 5).holds()).isTrue();
        assertThat(validity.measuring(Counts.NONE, 5).doubts()).singleElement().asString().contains(
                "no request was due in the 5 s");
    }
}
