package dev.plimsoll.report;

import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Comparison;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.Latency;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.load.Second;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// A load run as one HTML page without scripts: tables and plots, for phones and for paper.
public final class StressHtml {
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;color:#222;max-width:46rem;margin:0 auto;padding:1rem}
            h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin-top:2rem}
            table{border-collapse:collapse;font-size:.85rem;width:100%}
            .scroll{overflow-x:auto}td,th{padding:.25rem .5rem;border-bottom:1px solid #ddd;text-align:right}
            td:first-child,th:first-child,td.text{text-align:left}.failed{color:#b00020;font-weight:600}
            .passed{color:#1a7f37;font-weight:600}figure{margin:1rem 0;break-inside:avoid}
            figcaption{font-weight:600}svg{width:100%;height:auto}svg text{font-size:15px;fill:#555}
            svg .y{text-anchor:end;dominant-baseline:middle}svg .x{text-anchor:middle}
            .grid{stroke:#ddd;stroke-width:1}.legend{font-size:.8rem;margin:.2rem 0}
            @media print{body{font-size:11px;max-width:none}h2{break-after:avoid}}
            """;
    /// Lines in one plot before it can no longer be read.
    private static final int MOST_LINES = 6;

    private StressHtml() {}

    /// @param comparison with another run
    public static String of(LoadRun run, Optional<Comparison> comparison) {
        var text = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Load on "
                + SvgPlot.escape(run
                        .target().url())
                + "</title><style>\n" + STYLE + "</style></head><body>\n<h1>Load on " + e(run.target()
                        .url())
                + "</h1>\n<p>" + verdict(run.passed()) + ", " + run.started() + ", " + run.generator().processors()
                + " processors, at most " + run.generator().connections()
                + " connections open at once. Each request is timed from the moment it was due.</p>\n");
        if (!run.profiles().isEmpty()) {
            text.append(profiles(run.profiles()));
        }
        run.profiles().forEach(profile -> text.append(profile(profile)));
        run.cliffs().forEach(cliff -> text.append(cliff(cliff)));
        comparison.ifPresent(found -> text.append(compared(found)));
        text.append(inside(run.inside()));
        return text.append("</body></html>\n").toString();
    }

    private static String verdict(boolean passed) {
        return passed ? "<span class=\"passed\">Passed</span>" : "<span class=\"failed\">Failed</span>";
    }

    private static String profiles(List<ProfileRun> runs) {
        var text = table("profile", "answers/s", "p50 ms", "p95 ms", "p99 ms", "p99.9 ms", "failed", "");
        runs.forEach(run -> text.append(row(run.profile().name(), StressText.number(run.throughput()),
                StressText.millis(
                        run.latencyMicros().p50()),
                StressText.millis(run.latencyMicros().p95()), StressText.millis(run
                        .latencyMicros().p99()),
                StressText.millis(run.latencyMicros().p999()), StressText.percent(run.counts()
                        .errorRate()),
                run.passed() ? "passed" : "failed")));
        text.append("</table></div>\n");
        var curve = new SvgPlot("Percentiles", "1 in so many requests is slower", "ms").onLogarithmicX();
        var most = runs.stream().mapToDouble(run -> Latency.millis(run.latencyMicros().p999())).max().orElse(1);
        runs.stream().limit(MOST_LINES).forEach(run -> curve.line(run.profile().name(), run.curve().stream().filter(
                point -> point.percentile() < 100).map(
                        point -> new double[]{100 / (100 - point.percentile()), Latency
                                .millis(point.micros())})
                .toList()));
        return text + (curve.isEmpty()
                ? ""
                : curve.upTo(Math.max(most, 0.1)).figure()
                        + "<p class=\"legend\">100 stands for p99, 1000 for p99.9.</p>\n");
    }

    private static String profile(ProfileRun run) {
        var text = new StringBuilder("<h2>" + e(run.profile().name()) + "</h2>\n<ul>\n");
        run.verdicts().forEach(one -> text.append("<li>").append(one.verdict().name().toLowerCase(Locale.ROOT).replace(
                '_', ' ')).append(": ").append(e(StressText.judged(one))).append("</li>\n"));
        run.stopped().ifPresent(why -> text.append("<li class=\"failed\">stopped early: ").append(e(why)).append(
                "</li>\n"));
        run.validity().doubts()
                .forEach(doubt -> text.append("<li class=\"failed\">not valid: ").append(e(doubt)).append(
                        "</li>\n"));
        StressText.redirects(run).ifPresent(what -> text.append("<li>").append(e(what)).append("</li>\n"));
        text.append("</ul>\n");
        var latency = new SvgPlot("Latency over time, " + run.profile().name(), "seconds", "ms")
                .line("p50", seconds(run,
                        one -> Latency.millis(one.latencyMicros().p50())))
                .line("p99", seconds(run, one -> Latency.millis(one
                        .latencyMicros().p99())));
        var rate = new SvgPlot("Requests each second, " + run.profile().name(), "seconds", "per second").line("due",
                seconds(run, one -> one.counts().planned())).line("answered", seconds(run, Second::answered)).line(
                        "failed", seconds(run, one -> one.counts().failed()));
        return text + (latency.isEmpty() ? "" : latency.figure() + rate.figure());
    }

    private static List<double[]> seconds(ProfileRun run, ToDoubleFunction<Second> value) {
        return run.seconds().stream().filter(one -> one.counts().ended() > 0).map(one -> new double[]{one.at(), value
                .applyAsDouble(one)}).toList();
    }

    private static String cliff(Cliff cliff) {
        var text = new StringBuilder("<h2>Cliff of " + cliff.axis().unit() + "</h2>\n<p><b>" + e(StressText.headline(
                cliff)) + "</b> " + e(cliff.how()) + "</p>\n");
        var sorted = cliff.steps().stream().filter(step -> step.outcome() != Cliff.Outcome.VOID).sorted(Comparator
                .comparingDouble(Cliff.Step::level)).toList();
        var plot = new SvgPlot("Latency by level", cliff.axis().unit(), "ms").onLogarithmicX().line("p50", sorted
                .stream().map(step -> new double[]{step.level(), Latency.millis(step.latencyMicros().p50())}).toList())
                .line("p99", sorted.stream().map(step -> new double[]{step.level(), Latency.millis(step.latencyMicros()
                        .p99())}).toList());
        var top = cliff.objectives().stream().filter(one -> one.measure() == dev.plimsoll.load.Objective.Measure.P99)
                .mapToDouble(one -> one.most() * 2).findFirst();
        top.ifPresent(plot::upTo);
        text.append(plot.isEmpty() ? "" : plot.figure()).append(table(cliff.axis().unit(), "answers/s", "p50 ms",
                "p99 ms", "failed", "", "why"));
        cliff.steps().forEach(step -> text.append(row(StressText.number(step.level()), StressText.number(step
                .throughput()), StressText.millis(step.latencyMicros().p50()), StressText.millis(
                        step.latencyMicros()
                                .p99()),
                StressText.percent(step.counts().errorRate()), step.outcome().name().toLowerCase(
                        Locale.ROOT),
                step.why())));
        return text.append("</table></div>\n").toString();
    }

    private static String compared(Comparison comparison) {
        var text = new StringBuilder("<h2>Compared</h2>\n").append(table("profile", "", "before", "after", "chance",
                ""));
        comparison.lines()
                .forEach(line -> text.append(row(line.profile(), line.what(), StressText.number(line.before()),
                        StressText.number(line.after()),
                        line.chance().map(chance -> String.format(Locale.ROOT, "%.3f", chance))
                                .orElse(""),
                        line.verdict().name().toLowerCase(Locale.ROOT))));
        return text
                .append("</table></div>\n<p class=\"legend\">Mann-Whitney test over the values of each second.</p>\n")
                .toString();
    }

    private static String inside(Inside inside) {
        var text = new StringBuilder("<h2>Inside</h2>\n");
        inside.losses().forEach(lost -> text.append("<p class=\"failed\">Lost: ").append(e(lost)).append(".</p>\n"));
        var services = inside.all(Inside.MEMORY).toList();
        services.forEach(one -> {
            var plot = new SvgPlot("Memory of " + one.service(), "seconds", "MB").line("used", points(one, 1 << 20));
            inside.of(one.service(), one.container(), Inside.MEMORY_LIMIT).ifPresent(limit -> plot.dashed("limit",
                    points(limit, 1 << 20)));
            text.append(plot.isEmpty() ? "" : plot.figure());
        });
        for (var what : List.of(Inside.CPU, Inside.THROTTLED, Inside.HIT_RATE, Inside.EVICTIONS, Inside.CONNECTIONS,
                Inside.POOL_WAITING, Inside.SERVER_SECONDS)) {
            var plot = new SvgPlot(what.replace('.', ' ').replace('_', ' '), "seconds", inside.all(what).map(
                    Inside.Series::unit).findFirst().orElse(""));
            inside.all(what).limit(MOST_LINES).forEach(one -> plot.line(one.service().isEmpty()
                    ? "service"
                    : one
                            .service(),
                    points(one, 1)));
            text.append(plot.isEmpty() ? "" : plot.figure());
        }
        if (!inside.parts().isEmpty()) {
            text.append("<p>Where a request's time went. " + StressText.PARTS + "</p>\n")
                    .append(table("part", "ms", "calls"));
            inside.parts().forEach(part -> text.append(row(part.name(), StressText.number(part.seconds() * 1000),
                    StressText.number(part.calls()))));
            text.append("</table></div>\n");
        }
        inside.gaps().forEach(gap -> text.append("<p class=\"legend\">Not seen: ").append(e(gap)).append(".</p>\n"));
        return text.toString();
    }

    private static List<double[]> points(Inside.Series series, double divisor) {
        return series.points().stream().map(point -> new double[]{point.at(), point.value() / divisor}).toList();
    }

    private static StringBuilder table(String... names) {
        var text = new StringBuilder("<div class=\"scroll\"><table><tr>");
        for (var name : names) {
            text.append("<th>").append(e(name)).append("</th>");
        }
        return text.append("</tr>\n");
    }

    private static String row(String... cells) {
        var text = new StringBuilder("<tr>");
        for (var cell : cells) {
            var word = cell.equals("failed") || cell.equals("fails") || cell.equals("worse") ? " class=\"failed\"" : "";
            text.append("<td").append(word).append('>').append(e(cell)).append("</td>");
        }
        return text.append("</tr>\n").toString();
    }

    private static String e(String text) {
        return Marked.html(text);
    }
}
