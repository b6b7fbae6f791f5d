package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Cliff.Ending;
import dev.plimsoll.report.StressHtml;
import dev.plimsoll.report.StressJUnit;
import dev.plimsoll.report.StressMarkdown;
import dev.plimsoll.report.StressText;
import dev.plimsoll.report.Style;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadRunTest {
    /// @param holds the highest level that held
    private static LoadRun search(Ending ending, Optional<Double> holds) {
        var sample = LoadRuns.sample(2000);
        var known = sample.cliffs().getFirst();
        return new LoadRun(sample.version(), sample.target(), sample.stack(), sample.started(), sample.generator(),
                List.of(), List.of(new Cliff(known.axis(), ending, known.objectives(), holds, Optional.empty(), Optional
                        .empty(), known.steps(), "made up")),
                sample.inside());
    }

    @ParameterizedTest
    @EnumSource(names = {"FOUND", "NOT_REACHED", "STOPPED", "OUT_OF_TIME"})
    void aCliffIsAFinding(Ending ending) {
        assertThat(search(ending, Optional.of(800.0)).passed()).isTrue();
    }

    @Test
    void aProfileThatMeasuredNothingHasNotPassed() {
        var run = LoadRuns.run(Profiles.NORMAL, 0, 2000);
        assertThat(run.passed()).isTrue();
        assertThat(new ProfileRun(run.profile(), 0, 0, Counts.NONE, Latency.NONE, Latency.NONE, List.of(), List.of(),
                List.of(), List.of(), run.validity(), Optional.empty()).passed()).isFalse();
    }

    @Test
    void everyReportSaysHowManyAnswersWereRedirects() {
        var sample = search(Ending.FOUND, Optional.of(800.0));
        var one = LoadRuns.run(Profiles.NORMAL, 0, 2000);
        var redirected = new ProfileRun(one.profile(), 0, 60, new Counts(6000, 6000, 6000, 5990, Map.of(), 1000), one
                .latencyMicros(), one.serviceMicros(), one.curve(), one.seconds(), one.requests(), one.verdicts(),
                one
                        .validity(),
                Optional.empty());
        var run = new LoadRun(sample.version(), sample.target(), sample.stack(), sample.started(), sample.generator(),
                List.of(redirected), List.of(), sample.inside());
        assertThat(run.passed()).isTrue();
        var said = "Of 6000 answers 5990 were redirects";
        assertThat(StressText.of(run, Optional.empty(), new Style(false))).contains(said);
        assertThat(StressMarkdown.of(run, Optional.empty())).contains(said);
        assertThat(StressHtml.of(run, Optional.empty())).contains(said);
        assertThat(StressJUnit.of(run)).contains(said);
    }

    @Test
    void aSearchThatTheGeneratorEndedFails() {
        var run = search(Ending.GENERATOR, Optional.of(800.0));
        assertThat(run.passed()).isFalse();
        assertThat(StressText.of(run, Optional.empty(), new Style(false))).endsWith("""
                Failed: cliff of requests/s: the generator, not the server, was the limit.
                """);
        assertThat(StressJUnit.of(run)).contains("failures=\"1\"", "<failure message=");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS_AT_ONCE", "STOPPED", "OUT_OF_TIME"})
    void aSearchInWhichNothingHeldFails(Ending ending) {
        var run = search(ending, Optional.empty());
        assertThat(run.passed()).isFalse();
        assertThat(StressText.of(run, Optional.empty(), new Style(false))).endsWith("""
                Failed: cliff of requests/s: no level held.
                """);
    }
}
