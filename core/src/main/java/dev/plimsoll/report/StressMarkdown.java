package dev.plimsoll.report;

import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Comparison;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.ProfileRun;
import java.util.Locale;
import java.util.Optional;

/// A load run as Markdown, for a pull request or a wiki.
public final class StressMarkdown {
    private StressMarkdown() {}

    /// @param comparison with another run
    public static String of(LoadRun run, Optional<Comparison> comparison) {
        var text = new StringBuilder("# Load on " + Marked.markdown(run.target().url()) + "\n\n" + (run.passed()
                ? "**Passed**"
                : "**Failed**") + ", " + run.started() + ", " + run.generator().processors() + " processors, at most "
                + run.generator().connections() + " connections open at once.\n");
        if (!run.profiles().isEmpty()) {
            text.append("""

                    | profile | answers/s | p50 ms | p95 ms | p99 ms | p99.9 ms | failed | |
                    |---|---|---|---|---|---|---|---|
                    """);
            run.profiles().forEach(profile -> text.append(row(profile)));
        }
        run.profiles().forEach(profile -> text.append(notes(profile)));
        var losses = run.inside().losses();
        if (!losses.isEmpty()) {
            text.append("\nLost:\n\n");
            losses.forEach(lost -> text.append("- ").append(Marked.markdown(lost)).append('\n'));
        }
        run.cliffs().forEach(cliff -> text.append(cliff(cliff)));
        comparison.ifPresent(found -> text.append(compared(found)));
        return text.toString();
    }

    private static String row(ProfileRun run) {
        var latency = run.latencyMicros();
        return "| " + Marked.markdown(run.profile().name()) + " | " + StressText.number(run.throughput()) + " | "
                + StressText
                        .millis(latency.p50())
                + " | " + StressText.millis(latency.p95()) + " | "
                + StressText.millis(latency
                        .p99())
                + " | " + StressText.millis(latency.p999()) + " | " + StressText.percent(run.counts().errorRate())
                + " | " + (run.passed() ? "passed" : "**failed**") + " |\n";
    }

    private static String notes(ProfileRun run) {
        var text = new StringBuilder();
        run.verdicts().stream().filter(one -> one.verdict() != dev.plimsoll.load.Objective.Verdict.PASSED).forEach(
                one -> text.append("- ").append(Marked.markdown(run.profile().name())).append(": ")
                        .append(Marked.markdown(StressText.judged(
                                one)))
                        .append('\n'));
        run.stopped()
                .ifPresent(why -> text.append("- ").append(Marked.markdown(run.profile().name()))
                        .append(" stopped early: ")
                        .append(Marked.markdown(why)).append('\n'));
        run.validity().doubts().forEach(doubt -> text.append("- ").append(Marked.markdown(run.profile().name())).append(
                " is not valid: ").append(Marked.markdown(doubt)).append('\n'));
        StressText.redirects(run)
                .ifPresent(what -> text.append("- ").append(Marked.markdown(run.profile().name())).append(": ")
                        .append(what).append('\n'));
        return text.isEmpty() ? "" : "\n" + text;
    }

    private static String cliff(Cliff cliff) {
        var text = new StringBuilder("\n## Cliff of " + cliff.axis().unit() + "\n\n" + StressText.headline(cliff) + " "
                + Marked.markdown(cliff.how()) + "\n\n| " + cliff.axis().unit()
                + " | answers/s | p50 ms | p99 ms | failed | |\n"
                + "|---|---|---|---|---|---|\n");
        cliff.steps().forEach(step -> text.append("| ").append(StressText.number(step.level())).append(" | ").append(
                StressText.number(step.throughput())).append(" | ").append(StressText.millis(
                        step.latencyMicros()
                                .p50()))
                .append(" | ").append(StressText.millis(step.latencyMicros().p99())).append(" | ")
                .append(StressText.percent(step.counts().errorRate())).append(" | ").append(step.outcome().name()
                        .toLowerCase(Locale.ROOT))
                .append(": ").append(Marked.markdown(step.why())).append(" |\n"));
        return text.toString();
    }

    private static String compared(Comparison comparison) {
        var text = new StringBuilder("\n## Compared\n\n| profile | | before | after | chance | |\n|---|---|---|---|---|"
                + "---|\n");
        comparison.lines()
                .forEach(line -> text.append("| ").append(Marked.markdown(line.profile())).append(" | ").append(line
                        .what()).append(" | ").append(StressText.number(line.before())).append(" | ")
                        .append(StressText.number(
                                line.after()))
                        .append(" | ").append(line.chance().map(chance -> String.format(Locale.ROOT,
                                "%.3f", chance)).orElse(""))
                        .append(" | ").append(line.verdict().name().toLowerCase(
                                Locale.ROOT))
                        .append(" |\n"));
        return text
                .append("\nMann-Whitney test over the values of each second; a difference counts when chance gives it "
                        + "in less than one of a hundred runs and it is more than 5 %.\n")
                .toString();
    }
}
