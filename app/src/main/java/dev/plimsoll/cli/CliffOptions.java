package dev.plimsoll.cli;

import dev.plimsoll.load.Cliff.Axis;
import dev.plimsoll.load.CliffSearch;
import dev.plimsoll.load.Objective;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The search for the cliff.
final class CliffOptions {
    private static final double FIRST_RATE = 50;
    private static final double LAST_RATE = 100_000;
    private static final double LAST_CONNECTIONS = 5_000;

    @Option(names = "--find-cliff", paramLabel = "AXIS", arity = "0..1", fallbackValue = "rate",
            converter = Axes.class, description = "Search the arrival rate at which latency or errors depart, in at "
                    + "most 4 minutes; with `connections` the number of clients that wait for their answers, with "
                    + "`both` both.")
    private Optional<AxisChoice> axes = Optional.empty();

    @Option(names = "--from", paramLabel = "N", converter = LoadOptions.Positive.class, description = "The first level "
            + "of the search; 50 requests a second or 1 connection unless named.")
    private Optional<Double> from = Optional.empty();

    @Option(names = "--to", paramLabel = "N", converter = LoadOptions.Positive.class, description = "The highest level "
            + "of the search; 100000 requests a second or 5000 connections unless named.")
    private Optional<Double> to = Optional.empty();

    /// @throws InputException when a bound would be ignored
    void refuseWhatDoesNotGoTogether() {
        if (axes.isEmpty() && (from.isPresent() || to.isPresent())) {
            throw new InputException(Location.ofFile(from.isPresent() ? "--from" : "--to"),
                    "it goes with --find-cliff only", "Add --find-cliff, or give --rate or --clients");
        }
        if (from.filter(first -> first < 1).isPresent()) {
            throw new InputException(Location.ofFile("--from"), "it is below 1", "Name a higher level");
        }
        if (from.isPresent() && to.filter(last -> last < from.get()).isPresent()) {
            throw new InputException(Location.ofFile("--to"), "it is below --from", "Name a higher level");
        }
        axes.map(AxisChoice::axes).orElse(List.of()).stream().filter(axis -> to.filter(last -> last < first(axis))
                .isPresent()).findFirst().ifPresent(axis -> {
                    throw new InputException(Location.ofFile("--to"),
                            String.format(Locale.ROOT, "it is below the first "
                                    + "level, %.0f %s", first(axis), axis.unit()),
                            "Name a lower --from");
                });
    }

    boolean isAsked() {
        return axes.isPresent();
    }

    /// The searches that are asked for.
    List<CliffSearch> searches(List<Objective> objectives) {
        return axes.map(AxisChoice::axes).orElse(List.of()).stream().map(axis -> search(axis, objectives)).toList();
    }

    private CliffSearch search(Axis axis, List<Objective> objectives) {
        var first = first(axis);
        var last = Math.max(first, to.orElse(axis == Axis.RATE ? LAST_RATE : LAST_CONNECTIONS));
        return new CliffSearch(axis, first, last, objectives, CliffSearch.BUDGET, CliffSearch.STEP,
                CliffSearch.CONFIRMATION);
    }

    private double first(Axis axis) {
        return from.orElse(axis == Axis.RATE ? FIRST_RATE : 1.0);
    }

    /// What may follow `--find-cliff`.
    enum AxisChoice {
        RATE, CONNECTIONS, BOTH;

        List<Axis> axes() {
            return switch (this) {
                case RATE -> List.of(Axis.RATE);
                case CONNECTIONS -> List.of(Axis.CONNECTIONS);
                case BOTH -> List.of(Axis.values());
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Reads one from the command line.
    static final class Axes extends Choice<AxisChoice> {
        Axes() {
            super(List.of(AxisChoice.values()));
        }
    }
}
