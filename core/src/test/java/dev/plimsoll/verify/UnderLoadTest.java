package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.LoadRuns;
import dev.plimsoll.load.Profiles;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.verify.Check.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnderLoadTest {
    private static List<Check> checks(LoadRun... runs) {
        return Verification.of(RunningStack.healthy().lock, new Observations(List.of(), List.of()), RunningStack.NOW,
                List.of("load"), List.of(runs), List.of()).results().getFirst().checks();
    }

    private static LoadRun run(long micros) {
        var sample = LoadRuns.sample(micros);
        return new LoadRun(sample.version(), sample.target(), sample.stack(), sample.started(), sample.generator(), List
                .of(LoadRuns.run(Profiles.NORMAL, 0, micros)), List.of(), sample.inside());
    }

    @Test
    void withoutARunItSaysHowToMakeOne() {
        assertThat(checks()).singleElement().satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.NOT_RUN);
            assertThat(check.found()).contains("plimsoll stress");
        });
    }

    @Test
    void theObjectivesOfTheLatestRunCount() {
        assertThat(checks(run(900_000), run(2000))).singleElement().satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(check.evidence()).extracting(fact -> fact.what()).contains("load.normal.p95");
        });
        assertThat(checks(run(2000), run(900_000))).singleElement().satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(check.found()).contains("missed: p50");
        });
    }

    @Test
    void aRunThatMeasuredItsGeneratorSaysNothing() {
        assertThat(checks(LoadRuns.sample(2000))).filteredOn(check -> check.what().contains("spike")).singleElement()
                .satisfies(check -> assertThat(check.verdict()).isEqualTo(Verdict.NOT_RUN));
    }
}
