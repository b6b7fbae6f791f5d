package dev.plimsoll.report;

import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.Objective;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.report.Document.Block;
import dev.plimsoll.report.Document.Cell;
import dev.plimsoll.report.Document.Mark;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What load runs say, as a part of a report.
final class LoadSection {
    private LoadSection() {}

    static List<Block> of(Evidence evidence) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(1, "Under load"));
        if (evidence.runs().isEmpty()) {
            blocks.add(new Block.Text("Not run: no load run was recorded."));
            return blocks;
        }
        var names = new LinkedHashMap<String, ProfileRun>();
        evidence.runs().forEach(item -> item.content().profiles().forEach(run -> names.put(run.profile().name(), run)));
        if (!names.isEmpty()) {
            blocks.add(new Block.Grid(List.of("profile", "verdict", "requests/s>", "p50>", "p95>", "p99>", "errors>"),
                    names.values().stream().map(LoadSection::row).toList()));
            blocks.add(new Block.Text("Latency counts from when a request was due, in milliseconds."));
        }
        for (var axis : Cliff.Axis.values()) {
            evidence.cliff(axis).ifPresent(part -> {
                blocks.add(new Block.Heading(2, "The cliff, by " + axis.unit()));
                blocks.add(new Block.Text(cliff(part.content()) + " " + part.content().how()));
            });
        }
        var lost = evidence.underLoad().losses();
        if (!lost.isEmpty()) {
            blocks.add(new Block.Text("Lost under load: " + String.join("; ", lost) + "."));
        }
        evidence.underLoad().last().ifPresent(inside -> inside(blocks, inside));
        return blocks;
    }

    /// For the executive summary.
    static Optional<String> sentence(Evidence evidence) {
        var parts = new ArrayList<String>();
        evidence.profile("normal").map(Evidence.Part::content).ifPresent(run -> parts.add(String.format(Locale.ROOT,
                "Under normal load of %.0f requests/s the 95th percentile of latency was %.1f ms, with %.2f %% errors",
                run.throughput(), run.latencyMicros().p95() / 1000.0, 100 * run.counts().errorRate())));
        evidence.cliff(Cliff.Axis.RATE).ifPresent(part -> parts.add(cliff(part.content()).replaceAll("\\.$", "")));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", parts) + ".");
    }

    private static List<Cell> row(ProfileRun run) {
        var missed = run.verdicts().stream().anyMatch(one -> one.verdict() == Objective.Verdict.FAILED);
        var verdict = !run.validity().holds()
                ? new Cell("void", Mark.OPEN)
                : run.passed()
                        ? new Cell("passed", Mark.GOOD)
                        : new Cell(missed ? "missed" : "stopped", Mark.BAD);
        var latency = run.latencyMicros();
        return List.of(Cell.of(run.profile().name()), verdict, Cell.of(String.format(Locale.ROOT, "%.1f", run
                .throughput())), millis(latency.p50()), millis(latency.p95()), millis(latency.p99()), Cell.of(String
                        .format(Locale.ROOT, "%.2f %%", 100 * run.counts().errorRate())));
    }

    private static Cell millis(long micros) {
        return Cell.of(String.format(Locale.ROOT, "%.1f", micros / 1000.0));
    }

    private static String cliff(Cliff cliff) {
        var unit = cliff.axis().unit();
        return switch (cliff.ending()) {
            case FAILS_AT_ONCE -> "Even the lowest level of " + unit + " fails.";
            case GENERATOR -> cliff.holds().map(holds -> String.format(Locale.ROOT, "%.0f %s hold; the generator could "
                    + "not go higher.", holds, unit)).orElse("The generator was the limit.");
            case FOUND, NOT_REACHED, STOPPED, OUT_OF_TIME -> cliff.holds().map(holds -> String.format(Locale.ROOT,
                    "%.0f %s hold%s.", holds, unit, cliff.fails().map(fails -> String.format(Locale.ROOT,
                            ", %.0f do not", fails)).orElse(", and no cliff was found up to there")))
                    .orElse("No level of " + unit + " was confirmed.");
        };
    }

    private static void inside(List<Block> blocks, Inside inside) {
        var rows = new ArrayList<List<Cell>>();
        inside.all(Inside.MEMORY).forEach(memory -> {
            var limit = inside.of(memory.service(), memory.container(), Inside.MEMORY_LIMIT).flatMap(
                    Inside.Series::last);
            var cpu = inside.of(memory.service(), memory.container(), Inside.CPU).flatMap(Inside.Series::most);
            rows.add(List.of(Cell.of(memory.service() + (memory.container() > 1 ? " " + memory.container() : "")), Cell
                    .of(memory.most().map(LoadSection::size).orElse("")),
                    Cell.of(limit.map(LoadSection::size).orElse(
                            "none")),
                    Cell.of(cpu.map(cores -> String.format(Locale.ROOT, "%.2f", cores)).orElse(""))));
        });
        if (!rows.isEmpty()) {
            blocks.add(new Block.Heading(2, "Inside, while it ran"));
            blocks.add(new Block.Grid(List.of("container", "most memory>", "limit>", "most CPU cores>"), rows));
        }
        if (!inside.parts().isEmpty()) {
            blocks.add(new Block.Grid(List.of("part of the server's time", "ms per request>", "calls per request>"),
                    inside.parts().stream().map(part -> List.of(Cell.of(part.name()), Cell.of(String.format(Locale.ROOT,
                            "%.2f", 1000 * part.seconds())), Cell.of(
                                    String.format(Locale.ROOT, "%.2f", part
                                            .calls()))))
                            .toList()));
        }
    }

    private static String size(double bytes) {
        return MemorySize.ofBytes((long) bytes).toString();
    }
}
