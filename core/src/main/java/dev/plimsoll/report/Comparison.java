package dev.plimsoll.report;

import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.evidence.StartUp;
import dev.plimsoll.evidence.UnderLoad;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.report.Document.Block;
import dev.plimsoll.report.Document.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The stack as its files were against the stack as planned. What nobody measured or gave is not run.
///
/// @param limitsBefore sum of the limits that the user's files declare
/// @param limitsAfter sum of the planned limits
/// @param costBefore per month, in whatever currency the user counts; nothing here knows prices
/// @param costAfter in the same
/// @param runBefore a load run against the stack as it was
/// @param startBefore how long that took to start
public record Comparison(String limitsBefore, String limitsAfter, Optional<String> costBefore,
        Optional<String> costAfter, Optional<LoadRun> runBefore, Optional<StartUp> startBefore, Evidence after) {
    private static final String NOT_RUN = "not run";

    /// One line.
    public record Row(String what, String before, String after) {}

    public List<Row> rows() {
        var rows = new ArrayList<Row>();
        rows.add(new Row("memory limits, all containers", limitsBefore, limitsAfter));
        rows.add(new Row("cost per month", costBefore.orElse(NOT_RUN), costAfter.orElse(NOT_RUN)));
        var normal = after.profile("normal").map(Evidence.Part::content);
        var normalBefore = runBefore.flatMap(run -> run.profile("normal"));
        rows.add(row("latency under normal load, p95", normalBefore, normal, run -> run.latencyMicros().p95() / 1000.0,
                "%.1f ms"));
        rows.add(row("throughput under normal load", normalBefore, normal, ProfileRun::throughput, "%.1f/s"));
        rows.add(row("errors under normal load", normalBefore, normal, run -> 100 * run.counts().errorRate(),
                "%.2f %%"));
        rows.add(new Row("cache hit rate",
                runBefore.map(UnderLoad::beforeTheCliff).flatMap(Comparison::hitRate).orElse(NOT_RUN),
                after
                        .underLoad().last().flatMap(Comparison::hitRate).orElse(NOT_RUN)));
        rows.add(new Row("start", startBefore.map(Comparison::seconds).orElse(NOT_RUN), after.lastStartUp().map(
                item -> seconds(item.content())).orElse(NOT_RUN)));
        return rows;
    }

    Block block() {
        return new Block.Grid(List.of("", "before>", "after>"), rows().stream().map(row -> List.of(Cell.of(row.what()),
                Cell.of(row.before()), Cell.of(row.after()))).toList());
    }

    private static Row row(String what, Optional<ProfileRun> before, Optional<ProfileRun> after,
            ToDoubleFunction<ProfileRun> value, String form) {
        return new Row(what, before.map(run -> String.format(Locale.ROOT, form, value.applyAsDouble(run))).orElse(
                NOT_RUN), after.map(run -> String.format(Locale.ROOT, form, value.applyAsDouble(run))).orElse(NOT_RUN));
    }

    private static Optional<String> hitRate(Inside inside) {
        return inside.all(Inside.HIT_RATE).flatMap(series -> series.last().stream().map(rate -> series.service()
                + " " + String.format(Locale.ROOT, "%.0f %%", 100 * rate))).findFirst();
    }

    private static String seconds(StartUp start) {
        return String.format(Locale.ROOT, "%.1f s", start.seconds());
    }
}
