package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StopConditionsTest {
    private final StopConditions stops = StopConditions.USUAL;

    /// @param millis its p99
    private static Second second(long millis, long failed) {
        return new Second(0, Phase.MEASURED, 100, new Counts(100, 100, 100, Map.of(Failure.STATUS, failed), 0), 100,
                LoadRuns.latency(100, 1000 * millis / 4), 0, 1, 0);
    }

    private static List<Second> times(int count, Second second) {
        return Collections.nCopies(count, second);
    }

    @Test
    void fiveSlowSecondsInARowEndTheLoad() {
        assertThat(stops.reason(times(4, second(9000, 0)))).isEmpty();
        assertThat(stops.reason(times(5, second(9000, 0)))).contains("p99 was above 8000 ms for 5 seconds");
        assertThat(stops.reason(times(5, second(8000, 0)))).isEmpty();
    }

    @Test
    void oneThatIsNotSlowLetsItGoOn() {
        assertThat(stops.reason(Stream.of(times(2, second(9000, 0)), times(1, second(10, 0)), times(2, second(9000,
                0))).flatMap(List::stream).toList())).isEmpty();
    }

    @Test
    void moreFailuresThanHalfEndTheLoad() {
        assertThat(stops.reason(times(5, second(10, 50)))).isEmpty();
        assertThat(stops.reason(times(5, second(10, 51)))).contains(
                "51 % of the requests of 5 seconds failed, and 50 % are the most");
    }

    @Test
    void whatWasLongAgoDoesNotCount() {
        assertThat(stops.reason(Stream.concat(times(60, second(9000, 100)).stream(), times(5, second(10, 0)).stream())
                .toList())).isEmpty();
    }

    @Test
    void aContainerMayFillNearlyAllOfItsLimit() {
        assertThat(stops.reason("db", 97, 100)).isEmpty();
        assertThat(stops.reason("db", 98, 100)).contains("`db` holds 98 % of its memory limit, and 97 % are the most");
        assertThat(stops.reason("db", 98, 0)).as("without a limit").isEmpty();
    }
}
