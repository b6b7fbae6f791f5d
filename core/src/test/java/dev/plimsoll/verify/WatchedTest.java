package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.observe.Observations;
import dev.plimsoll.verify.Check.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private static final String WHAT = "runs with its limit";

    /// @param checks one of each of the first scenarios
    private static Verification look(int minute, Check... checks) {
        var results = IntStream.range(0, checks.length).mapToObj(at -> new Result(at + 1, "scenario "
                + at, "", List.of(checks[at]))).toList();
        return new Verification(RunningStack.healthy().lock, RunningStack.NOW.plus(Duration.ofMinutes(minute)), results,
                Observations.NONE);
    }

    private static Check failed(String found) {
        return Check.failed("db", WHAT, found, "Start it again");
    }

    private static Check passed() {
        return Check.passed("db", WHAT, "256 MB");
    }

    @Test
    void whatFailedMoreThanOnceIsToldAsItWasFirst() {
        var whole = Watched.whole(List.of(look(0, passed()), look(1, failed("64 MB")), look(2, failed("128 MB")), look(
                3, passed())));
        assertThat(whole.results().getFirst().checks()).singleElement().satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(check.found()).startsWith("64 MB (at ").endsWith(", in 2 of 4 looks, not in the last)");
        });
    }

    @Test
    void whatFailsInTheLastLookIsToldAsItIsNow() {
        var whole = Watched.whole(List.of(look(0, failed("64 MB")), look(1, failed("128 MB"))));
        assertThat(whole.results().getFirst().checks()).singleElement().extracting(Check::found).isEqualTo("128 MB");
    }

    @Test
    void scenariosThatExpectTheSameAreToldApart() {
        var whole = Watched.whole(List.of(look(0, passed(), failed("64 MB")), look(1, passed(), passed())));
        assertThat(whole.results()).extracting(Result::verdict).containsExactly(Verdict.PASSED, Verdict.FAILED);
    }
}
