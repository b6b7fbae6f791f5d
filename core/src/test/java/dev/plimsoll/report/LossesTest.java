package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Inside;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.LoadRuns;
import dev.plimsoll.load.Profiles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A load run in which a container ended fails, whatever its latencies, and every report says so.
class LossesTest {
    private static LoadRun run(double... running) {
        var points = java.util.stream.IntStream.range(0, running.length).mapToObj(at -> new Inside.Point(2.0 * at,
                running[at])).toList();
        var sample = LoadRuns.sample(2000);
        return new LoadRun(sample.version(), sample.target(), sample.stack(), sample.started(), sample.generator(),
                List.of(LoadRuns.run(Profiles.NORMAL, 0, 2000)), List.of(), new Inside(List.of(new Inside.Series(
                        "worker", 1, Inside.RUNNING, "count", points)), List.of(), List.of()));
    }

    @Test
    void aContainerThatEndedFailsTheRun() {
        var lost = run(1, 1, 0);
        assertThat(lost.passed()).isFalse();
        var said = "`worker` no longer ran after 4 s";
        assertThat(StressText.of(lost, Optional.empty(), new Style(false))).contains("Lost: " + said + ".",
                "Failed: " + said + ".\n")
                .doesNotContain(Inside.RUNNING);
        assertThat(StressMarkdown.of(lost, Optional.empty())).contains("**Failed**", "- " + said);
        assertThat(StressHtml.of(lost, Optional.empty())).contains("Lost: <code>worker</code> no longer ran after 4 s");
        assertThat(StressJUnit.of(lost)).contains("failures=\"1\"", "<failure message=\"" + said);
    }

    @Test
    void oneThatRanOnDoesNot() {
        var kept = run(1, 1, 1);
        assertThat(kept.passed()).isTrue();
        assertThat(StressText.of(kept, Optional.empty(), new Style(false))).doesNotContain("Lost");
        assertThat(StressJUnit.of(kept)).contains("keeps every container", "failures=\"0\"").doesNotContain("<failure");
    }

    /// A search goes to where things break.
    @Test
    void whileTheCliffIsSearchedItIsSaidAndFailsNothing() {
        var searched = run(1, 0);
        var withCliff = new LoadRun(searched.version(), searched.target(), searched.stack(), searched.started(),
                searched.generator(), searched.profiles(), LoadRuns.sample(2000).cliffs(), searched.inside());
        assertThat(withCliff.passed()).isTrue();
        assertThat(StressText.of(withCliff, Optional.empty(), new Style(false))).contains("Lost: `worker`", "Passed.");
    }
}
