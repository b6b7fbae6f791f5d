package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.evidence.Readiness;
import dev.plimsoll.evidence.Recorded;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.verify.Check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The golden file is written anew with -Dupdate=true.
class StackReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/reports/stack-report.md");

    private static StackReport report(Evidence evidence) {
        return new StackReport("shop", evidence, Readiness.of(evidence), new Comparison(
                "7.5 GB, and 2 services without a limit", "3.1 GB", Optional.of("48 EUR"), Optional.of("12 EUR"),
                Optional
                        .empty(),
                Optional.empty(), evidence));
    }

    @Test
    void aReportReadsLikeThis() throws IOException {
        var evidence = Recorded.of(Recorded.verified(Map.of("alerts", Verdict.FAILED, "redis", Verdict.NOT_RUN)),
                Recorded.run());
        var text = DocumentMarkdown.of(report(evidence).full());
        if (Boolean.getBoolean("update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void withoutEvidenceEverySectionSaysSo() {
        var text = DocumentMarkdown.of(report(Evidence.NONE).full());
        assertThat(text).contains("not shown to be ready", "Not run: no verification was recorded",
                "Not run: no load run was recorded", "0.0 shown, 0.0 failed, 100.0 not run");
        assertThat(text).doesNotContain("passed |");
    }

    @Test
    void whatWasLostUnderLoadIsSaid() {
        var evidence = Recorded.seeing(inside -> new Inside(List.of(Recorded.series("api", Inside.OOM_KILLS, 0, 2),
                Recorded.series("db", Inside.RESTARTS, 0, 1)), List.of(), List.of()));
        assertThat(DocumentMarkdown.of(report(evidence).full())).contains("Lost under load:")
                .contains("was restarted, once, "
                        + "after 1 s")
                .contains("had processes killed for want of memory, 2 times, first after 1 s.");
    }

    private static Evidence under(LoadRun... runs) {
        return new Evidence(List.of(), IntStream.range(0, runs.length).mapToObj(at -> new Evidence.Item<>(String
                .valueOf(at), runs[at])).toList(), List.of(), List.of());
    }

    private static LoadRun run(String profile, Inside.Series... seen) {
        return Recorded.run(List.of(Recorded.profile(profile, 100, Verdict.PASSED)), List.of(), new Inside(List.of(
                seen), List.of(), List.of()));
    }

    @Test
    void whatWasLostUnderAnyOfTheProfilesIsSaid() {
        var evidence = under(run("normal", Recorded.series("db", Inside.RESTARTS, 0, 1)), run("peak", Recorded.series(
                "db", Inside.RESTARTS, 0, 0)));
        assertThat(DocumentMarkdown.of(report(evidence).full())).contains("Lost under load: ").contains(
                "was restarted, once, after 1 s.");
    }

    @Test
    void containersAreShownAsTheLatestLookSawThem() {
        var evidence = under(run("normal", Recorded.series("db", Inside.MEMORY, 100 << 20)), run("peak", Recorded
                .series("db", Inside.MEMORY, 300 << 20)), run("spike"));
        assertThat(DocumentMarkdown.of(report(evidence).full())).contains("| db | 300 MB | none |").doesNotContain(
                "| db | 100 MB |");
    }

    @Test
    void aProfileThatDidNotPassSaysWhy() {
        var peak = Recorded.profile("peak", 200, Verdict.FAILED);
        var stopped = List.of(Recorded.profile("normal", 100, Verdict.PASSED), peak).stream().map(run -> new ProfileRun(
                run.profile(), 0, 60, run.counts(), run.latencyMicros(), run.serviceMicros(), List.of(), List.of(), List
                        .of(),
                run.verdicts(), run.validity(), Optional.of("`db` holds 98 % of its memory"))).toList();
        assertThat(DocumentMarkdown.of(report(under(Recorded.run(List.of(peak), List.of(), Inside.NONE))).full()))
                .contains("| peak | missed |");
        assertThat(DocumentMarkdown.of(report(under(Recorded.run(stopped, List.of(), Inside.NONE))).full())).contains(
                "| normal | stopped |", "| peak | missed |");
    }

    /// A search for the cliff goes to where caches no longer help.
    @Test
    void theHitRatesBeforeAndAfterAreThoseBeforeTheCliff() {
        var inside = new Inside(List.of(Recorded.series("api", Inside.HIT_RATE, 0.8, 0.8, 0.1)), List.of(), List.of());
        var run = Recorded.run(List.of(Recorded.profile("normal", 100, Verdict.PASSED)), List.of(Recorded.cliffFrom(2)),
                inside);
        var rows = new Comparison("", "", Optional.empty(), Optional.empty(), Optional.of(run), Optional.empty(),
                Recorded.of(Recorded.verified(Map.of()), run)).rows();
        assertThat(rows).contains(new Comparison.Row("cache hit rate", "api 80 %", "api 80 %"));
    }

    @Test
    void theSummaryIsOnePage() {
        var text = DocumentMarkdown.of(report(Recorded.healthy()).summary());
        assertThat(text.lines().count()).isLessThan(50);
        assertThat(text).contains("Under normal load", "640 requests/s hold, 672 do not");
    }

    @Test
    void htmlNeedsNothingFromElsewhereAndTakesNoMarkupFromData() {
        var evidence = Recorded.healthy();
        var report = new StackReport("<script>alert(1)</script>", evidence, Readiness.of(evidence), new Comparison("",
                "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), evidence));
        var html = DocumentHtml.of(report.full());
        assertThat(html).doesNotContain("<script", "src=", "href=", "url(", "<link", "@import")
                .contains("&lt;script&gt;", "name=\"viewport\"", "@media print");
    }
}
