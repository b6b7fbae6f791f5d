package dev.plimsoll.load;

import java.util.List;
import java.util.NoSuchElementException;

/// The moments at which the requests of an open load are due, evenly spaced. Call [#hasNext] before [#next].
public final class Schedule {
    private static final double NANOS = 1e9;

    private final List<Stage> stages;
    private int stage;
    /// Seconds from the start to this stage's.
    private double stageStart;
    /// Requests due before this stage, with the fraction that the last stage left over.
    private double before;
    private long index;

    public Schedule(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    /// Whether another request will be due; moves on to its stage.
    public boolean hasNext() {
        while (stage < stages.size()) {
            var current = stages.get(stage);
            var total = before + current.dueWithin(current.seconds());
            if (index < total - 1e-9) {
                return true;
            }
            before = total;
            stageStart += current.seconds();
            stage++;
        }
        return false;
    }

    /// What the next request counts for.
    public Stage.Phase phase() {
        return stages.get(stage).phase();
    }

    /// Nanoseconds from the start to the moment at which the next request is due.
    public long next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no request is due any more");
        }
        var at = stageStart + stages.get(stage).dueAt(Math.max(0, index - before));
        index++;
        return Math.round(at * NANOS);
    }

    /// The planned rate and phase at a moment; the last stage's end from there on.
    ///
    /// @param seconds since the start
    public static Planned at(List<Stage> stages, double seconds) {
        var start = 0.0;
        for (var stage : stages) {
            if (seconds < start + stage.seconds()) {
                return new Planned(stage.phase(), stage.rateAt(seconds - start));
            }
            start += stage.seconds();
        }
        return new Planned(stages.getLast().phase(), 0);
    }

    /// @param rate requests per second
    public record Planned(Stage.Phase phase, double rate) {}
}
