package dev.plimsoll.report;

import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Comparison;
import dev.plimsoll.load.Counts;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.Latency;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.Objective;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.load.Profiles;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A load run for people, 80 columns wide.
public final class StressText {
    /// What stands in other lines.
    private static final Set<String> UNSHOWN = Set.of(Inside.MEMORY_LIMIT, Inside.RUNNING, Inside.RESTARTS);

    /// What the table of a request's parts means.
    static final String PARTS = "Means of one request, by the service's own /metrics; a part within another is counted "
            + "in both.";

    private StressText() {}

    /// @param comparison with another run
    public static String of(LoadRun run, Optional<Comparison> comparison, Style style) {
        var text = new StringBuilder(new Paragraph("", "").add(run.target().url(), style::bold).add("from " + run
                .generator().processors() + " processors, at most " + run.generator().connections()
                + " connections open at once")
                .toString());
        if (!run.profiles().isEmpty()) {
            text.append('\n').append(profiles(run.profiles()));
        }
        run.profiles().forEach(profile -> text.append(verdicts(profile, style)));
        run.cliffs().forEach(cliff -> text.append('\n').append(cliff(cliff, style)));
        text.append(losses(run.inside(), style)).append(inside(run.inside()));
        comparison.ifPresent(found -> text.append(compared(found, style)));
        return text.append('\n').append(style.bold(run.passed() ? "Passed." : failed(run))).append('\n').toString();
    }

    /// In one line, as it is the last: what was lost, or the first objective that was missed.
    private static String failed(LoadRun run) {
        var why = Stream.of(run.failingLosses().stream(), run.profiles().stream().flatMap(StressText::shortcomings), run
                .cliffs().stream().flatMap(cliff -> cliff.shortcoming().map(
                        what -> "cliff of " + cliff.axis().unit() + ": " + what).stream()))
                .flatMap(each -> each).toList();
        var line = "Failed" + (why.isEmpty() ? "" : ": " + why.getFirst())
                + (why.size() > 1 ? ", and " + (why.size() - 1) + " more" : "") + ".";
        return line.length() <= Paragraph.WIDTH ? line : line.substring(0, Paragraph.WIDTH - 3) + "...";
    }

    private static Stream<String> shortcomings(ProfileRun run) {
        var missed = run.verdicts().stream().filter(one -> one.verdict() == Objective.Verdict.FAILED).map(
                StressText::judged);
        return Stream.of(missed, run.stopped().map(why -> "stopped early, " + why).stream(), run.validity().doubts()
                .stream().map(doubt -> "not valid, " + doubt)).flatMap(each -> each).map(
                        what -> Paragraph.printable(run
                                .profile().name()) + " " + what);
    }

    private static String compared(Comparison comparison, Style style) {
        var table = new Table().row("profile", "what", "before", "after", "chance", "");
        comparison.lines().forEach(line -> table.row(line.profile(), line.what(), number(line.before()), number(line
                .after()), line.chance().map(chance -> String.format(Locale.ROOT, "%.3f", chance)).orElse("-"), line
                        .verdict().name().toLowerCase(Locale.ROOT)));
        return "\n" + style.bold("Compared") + "\n" + table.text()
                + new Paragraph("", "").add("By the Mann-Whitney test "
                        + "over the values of each second.");
    }

    private static String profiles(List<ProfileRun> runs) {
        var table = new Table().row("profile", "answers/s", "p50 ms", "p95 ms", "p99 ms", "p99.9", "max", "failed");
        runs.forEach(run -> table.row(run.profile().name(), number(run.throughput()), millis(run.latencyMicros().p50()),
                millis(run.latencyMicros().p95()), millis(run.latencyMicros().p99()), millis(run.latencyMicros()
                        .p999()),
                millis(run.latencyMicros().max()), percent(run.counts().errorRate())));
        var objectives = runs.stream().anyMatch(run -> run.profile().name().equals(Profiles.OWN))
                ? " Objectives that were not named are those of the profile `normal`."
                : "";
        return table.text() + new Paragraph("", "").add("Times count from when a request was due." + objectives);
    }

    private static String verdicts(ProfileRun run, Style style) {
        var text = new StringBuilder("\n").append(style.bold(run.profile().name())).append('\n');
        run.verdicts().forEach(one -> text.append(new Paragraph("  " + word(one.verdict(), style) + "  ", "           ")
                .add(judged(one))));
        run.stopped().ifPresent(why -> text.append(new Paragraph("  ", "  ").add("Stopped early: " + why + ".")));
        run.validity().doubts().forEach(doubt -> text.append(new Paragraph("  ", "  ").add("Not valid: " + doubt
                + ".")));
        if (run.counts().failed() > 0) {
            text.append(
                    new Paragraph("  ", "  ").add("Of " + run.counts().ended() + " requests: " + errors(run) + "."));
        }
        redirects(run).ifPresent(what -> text.append(new Paragraph("  ", "  ").add(what + ".")));
        return text.toString();
    }

    /// What a fast answer hides: the page that a user would have been sent to was not loaded.
    static Optional<String> redirects(ProfileRun run) {
        var counts = run.counts();
        return counts.redirected() == 0
                ? Optional.empty()
                : Optional.of("Of " + counts.completed() + " answers " + counts.redirected()
                        + " were redirects, which are not followed: what they lead to was not loaded");
    }

    private static String errors(ProfileRun run) {
        return run.counts().errors().entrySet().stream().map(entry -> entry.getValue() + " " + words(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String words(Counts.Failure failure) {
        return switch (failure) {
            case CONNECT -> "could not connect";
            case TIMEOUT -> "had no answer in time";
            case BROKEN -> "lost the connection";
            case PROTOCOL -> "got what is no HTTP/1.1";
            case STATUS -> "got another status";
            case CONTENT -> "lacked a value to extract";
            case QUEUE_FULL -> "found the queue full";
        };
    }

    /// One line about an objective and what was found.
    static String judged(Objective.Judged one) {
        var measure = one.objective().measure();
        var name = measure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var most = amount(measure, one.objective().most());
        return one.found().map(found -> name + " " + amount(measure, found) + " of at most " + most)
                .orElseGet(() -> name
                        + " of at most " + most + ": " + one.why());
    }

    static String amount(Objective.Measure measure, double value) {
        return switch (measure.unit()) {
            case "share" -> percent(value);
            case "s" -> number(value) + " s";
            default -> number(value) + " ms";
        };
    }

    private static String word(Objective.Verdict verdict, Style style) {
        return style.verdict(switch (verdict) {
            case PASSED -> dev.plimsoll.verify.Check.Verdict.PASSED;
            case FAILED -> dev.plimsoll.verify.Check.Verdict.FAILED;
            case NOT_RUN -> dev.plimsoll.verify.Check.Verdict.NOT_RUN;
        }, "%-7s".formatted(verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    private static String cliff(Cliff cliff, Style style) {
        var table = new Table().row(cliff.axis().unit(), "answers/s", "p50 ms", "p99 ms", "failed", "", "why");
        cliff.steps().forEach(step -> table.row(number(step.level()), number(step.throughput()), millis(step
                .latencyMicros().p50()), millis(step.latencyMicros().p99()), percent(step.counts().errorRate()), step
                        .outcome().name().toLowerCase(Locale.ROOT),
                Paragraph.printable(step.why())));
        return new Paragraph("", "").add(headline(cliff), style::bold) + new Paragraph("", "").add(cliff.how())
                .toString() + "\n" + table.text();
    }

    /// The finding in one sentence.
    static String headline(Cliff cliff) {
        var unit = " " + cliff.axis().unit();
        if (cliff.holds().isEmpty()) {
            return "No level held" + cliff.fails().map(level -> ", down to " + number(level) + unit).orElse("") + ".";
        }
        var holds = number(cliff.holds().get()) + unit;
        return cliff.fails().map(fails -> "The cliff lies between " + holds + ", which hold, and " + number(fails)
                + ", which fail"
                + cliff.likely().map(range -> " (likely within " + number(range.low()) + " to " + number(
                        range.high()) + ")").orElse("")
                + ".").orElse("No cliff up to " + holds + ".");
    }

    private static String losses(Inside inside, Style style) {
        var text = new StringBuilder();
        inside.losses().forEach(lost -> text.append(new Paragraph("Lost: ", "  ").add(lost + ".", style::bold)));
        return text.isEmpty() ? "" : "\n" + text;
    }

    private static String inside(Inside inside) {
        var text = new StringBuilder();
        if (!inside.series().isEmpty()) {
            text.append("\nInside\n");
            var table = new Table().row("service", "what", "first", "last", "most");
            inside.series().stream().filter(one -> !one.points().isEmpty() && !UNSHOWN.contains(one.what()))
                    .forEach(one -> table.row(one.service().isEmpty() ? "(target)" : one.service(), one.what(), value(
                            one.unit(), one.points().getFirst().value()), value(one.unit(), one.last().orElse(0.0)),
                            value(one.unit(), one.most().orElse(0.0)) + limit(inside, one)));
            text.append(table.text());
        }
        if (!inside.parts().isEmpty()) {
            text.append("\nWhere a request's time went\n");
            var table = new Table().row("part", "ms", "calls");
            inside.parts().forEach(part -> table.row(part.name(), number(part.seconds() * 1000), number(part
                    .calls())));
            text.append(table.text()).append(new Paragraph("", "").add(PARTS));
        }
        inside.gaps().forEach(gap -> text.append(new Paragraph("Not seen: ", "  ").add(gap + ".")));
        return text.toString();
    }

    private static String limit(Inside inside, Inside.Series series) {
        return Optional.of(series).filter(one -> one.what().equals(Inside.MEMORY)).flatMap(one -> inside.of(one
                .service(), one.container(), Inside.MEMORY_LIMIT)).flatMap(Inside.Series::last).map(limit -> " of "
                        + value("bytes", limit))
                .orElse("");
    }

    static String value(String unit, double value) {
        return switch (unit) {
            case "bytes" -> MemorySize.ofBytes(Math.max(0, (long) value)).toString();
            case "share" -> percent(value);
            case "seconds" -> number(value * 1000) + " ms";
            default -> number(value);
        };
    }

    static String millis(long micros) {
        return number(Latency.millis(micros));
    }

    /// Three digits at least.
    static String number(double value) {
        var size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 || Math.abs(value - Math.rint(value)) < 1e-9
                ? "%.0f"
                : size >= 10 ? "%.1f" : "%.2f", value);
    }

    static String percent(double share) {
        return number(100 * share) + " %";
    }

    /// What a line of a live view shows of one second: less than a line of 80 columns, as it is written over.
    ///
    /// @param failed requests that failed in it, whenever they were due
    /// @param share of the load's time that has passed, 0 to 1
    public static String live(String name, dev.plimsoll.load.Second second, long failed, double share) {
        var counts = second.counts();
        var latency = second.latencyMicros();
        var line = String.format(Locale.ROOT, "%-10.16s %3.0f %% %5s due/s %5s answers/s  p50 %s  p99 %s ms  failed %d",
                Paragraph.printable(name), 100 * share, number(counts.planned()), number(second.answered()), millis(
                        latency.p50()),
                millis(latency.p99()), failed)
                + (second.waiting() > 0 ? "  waiting " + second.waiting() : "");
        return line.substring(0, Math.min(line.length(), Paragraph.WIDTH - 1));
    }
}
