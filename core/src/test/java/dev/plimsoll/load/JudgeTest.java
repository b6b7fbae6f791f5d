package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Objective.Judged;
import dev.plimsoll.load.Objective.Measure;
import dev.plimsoll.load.Objective.Verdict;
import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final List<Stage> STAGES = List.of(Stage.constant(Phase.BASE, 1, Duration.ofSeconds(5)), Stage
            .constant(Phase.MEASURED, 1, Duration.ofSeconds(5)),
            Stage.constant(Phase.RECOVERY, 1, Duration.ofSeconds(
                    10)));
    private static final int END = 10;

    private final Recording recording = new Recording(new Arrivals.Open(STAGES), 1, Duration.ofSeconds(1));

    private void request(int second, long millis, Optional<Failure> failure) {
        var phase = Schedule.at(STAGES, second).phase();
        var whole = failure.filter(kind -> kind != Failure.STATUS).isEmpty();
        recording.due(second, phase, 0, 0);
        recording.ended(new Ended(0, second, phase, 1000 * millis, Optional.of(1000 * millis), whole, false, failure,
                0), second);
    }

    /// One request in each second from a spike's end on, after those before and in it.
    private Judged recovery(long before, long... after) {
        for (var second = 0; second < END; second++) {
            request(second, second < 5 ? before : 900, Optional.empty());
        }
        for (var at = 0; at < after.length; at++) {
            request(END + at, after[at], Optional.empty());
        }
        return judge(Measure.RECOVERY, 5);
    }

    private Judged judge(Measure measure, double most) {
        return Judge.judge(new Profile("spike", new Arrivals.Open(STAGES), List.of(new Objective(measure, most))),
                recording, 5).getFirst();
    }

    @Test
    void itHasRecoveredWhenThreeSecondsInARowAreAsBefore() {
        assertThat(recovery(50, 99, 900, 99, 99, 99, 900)).satisfies(judged -> {
            assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(judged.found()).contains(2.0);
        });
    }

    @Test
    void twoSecondsAtTheEndAreNoRecovery() {
        assertThat(recovery(50, 110, 110, 110, 99, 99).why()).isEqualTo(
                "p95 did not come back to the 50.0 ms of before in 5 s");
    }

    @Test
    void nobodyNoticesTwentyMilliseconds() {
        assertThat(recovery(1, 20, 20, 20).found()).contains(0.0);
    }

    @Test
    void secondsWithoutAnAnswerAreNotAsBefore() {
        assertThat(recovery(50).verdict()).isEqualTo(Verdict.NOT_RUN);
        for (var second = END; second < END + 5; second++) {
            recording.due(second, Phase.RECOVERY, 0, 0);
        }
        assertThat(judge(Measure.RECOVERY, 5).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void secondsWithFailuresAreNotAsBefore() {
        recovery(50);
        for (var second = END; second < END + 5; second++) {
            request(second, 1, Optional.of(Failure.STATUS));
        }
        assertThat(judge(Measure.RECOVERY, 5).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void whereNothingWasAnsweredNoLatencyIsKept() {
        request(5, 1, Optional.of(Failure.BROKEN));
        assertThat(judge(Measure.P95, 500)).satisfies(judged -> {
            assertThat(judged.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(judged.why()).isEqualTo("nothing was answered");
        });
    }
}
