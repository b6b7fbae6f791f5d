package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private final Recording recording = new Recording(new Arrivals.Open(List.of(
            Stage.constant(Phase.WARM_UP, 1, Duration
                    .ofSeconds(5)),
            Stage.constant(Phase.MEASURED, 1, Duration.ofSeconds(5)), Stage.constant(Phase.RECOVERY, 1,
                    Duration.ofSeconds(5)))),
            1, Duration.ofSeconds(1));

    private void request(int second, Phase phase, Optional<Failure> failure, long micros) {
        recording.due(second, phase, 0, 0);
        recording.ended(new Ended(0, second, phase, micros, Optional.of(micros), failure.isEmpty(), false, failure, 0),
                second);
    }

    @Test
    void timesAreThoseOfAnswersAndOfWaitsThatWereGivenUp() {
        request(5, Phase.MEASURED, Optional.empty(), 2000);
        request(6, Phase.MEASURED, Optional.of(Failure.TIMEOUT), 1_000_000);
        request(7, Phase.MEASURED, Optional.of(Failure.BROKEN), 10);
        assertThat(recording.counts().ended()).isEqualTo(3);
        assertThat(recording.latency().count()).isEqualTo(2);
        assertThat(recording.serviceTime().count()).isEqualTo(2);
    }

    @Test
    void onlyTheMeasuredPhaseCounts() {
        request(1, Phase.WARM_UP, Optional.empty(), 9000);
        request(5, Phase.MEASURED, Optional.empty(), 2000);
        request(11, Phase.RECOVERY, Optional.of(Failure.BROKEN), 9000);
        assertThat(recording.counts().planned()).isEqualTo(1);
        assertThat(recording.errorRate()).isZero();
        assertThat(recording.latency().max()).isLessThan(2100);
    }

    @Test
    void allThatCameBeforeCountsWhereTheLoadHadToEnd() {
        request(1, Phase.WARM_UP, Optional.empty(), 2000);
        recording.countFromTheStart();
        assertThat(recording.counts().completed()).isEqualTo(1);
        assertThat(recording.latency().count()).isEqualTo(1);
        assertThat(recording.serviceTime().count()).isEqualTo(1);
        assertThat(recording.requests(List.of("list")).getFirst().counts().planned()).isEqualTo(1);
    }
}
