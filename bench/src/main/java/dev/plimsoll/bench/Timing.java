package dev.plimsoll.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// How long the runs of one command took.
final class Timing {
    private final List<Finished> runs = new ArrayList<>();

    void add(Finished run) {
        runs.add(run);
    }

    /// The value below which this share of the runs lies, in ms; the nearest run's, not one between two.
    long wall(double share) {
        return at(share, Finished::wall);
    }

    /// The same of the CPU time of the process and all it started.
    long cpu(double share) {
        return at(share, Finished::cpu);
    }

    private long at(double share, Function<Finished, Duration> time) {
        var sorted = runs.stream().map(time).sorted(Comparator.naturalOrder()).toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1))).toMillis();
    }
}
