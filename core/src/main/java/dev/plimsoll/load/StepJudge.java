package dev.plimsoll.load;

import dev.plimsoll.load.Cliff.Outcome;
import dev.plimsoll.load.Objective.Measure;
import dev.plimsoll.load.Stage.Phase;
import java.util.List;
import java.util.Locale;

/// Whether a level holds: latency and errors within the objectives, nearly everything answered, no growing backlog.
public final class StepJudge {
    /// Usual objectives of a search: p99 within half a second, at most 1 % failures.
    public static final List<Objective> USUAL = List.of(new Objective(Measure.P99, 500), new Objective(
            Measure.ERROR_RATE, 0.01));

    private static final double LEAST_ANSWERED = 0.95;
    /// A median that rises by this share of the objective within one step would break it in five such steps. At a tenth
    /// a random walk near saturation passed for a backlog in one simulated search of ten.
    private static final double GROWTH = 0.2;
    /// Share of the pairs of seconds in which the later one is slower, by which a rise is told from noise.
    private static final double STEADY = 0.75;
    private static final int LEAST_SECONDS = 5;

    private StepJudge() {}

    /// @param why one phrase
    public record Judgement(Outcome outcome, String why) {}

    /// @param unanswered requests that had no end when patience ended
    public static Judgement judge(List<Objective> objectives, Recording recording, Validity validity,
            long unanswered) {
        var counts = recording.counts();
        if (!validity.holds()) {
            return new Judgement(Outcome.VOID, validity.doubts().getFirst());
        }
        if (counts.ended() == 0 || counts.ended() < LEAST_ANSWERED * counts.planned()) {
            return fails(String.format(Locale.ROOT,
                    "%.1f %% of the requests were answered in time, and %.0f %% are needed", 100.0 * counts
                            .ended() / Math.max(1, counts.planned()),
                    100 * LEAST_ANSWERED));
        }
        for (var objective : objectives) {
            var found = found(objective.measure(), recording);
            if (found > objective.most()) {
                return fails(String.format(Locale.ROOT, "%s %s, and %s are the most",
                        objective.measure().name().toLowerCase(Locale.ROOT)
                                .replace('_', ' '),
                        amount(objective.measure(), found),
                        amount(objective.measure(), objective.most())));
            }
        }
        var objective = objectives.stream().filter(one -> one.measure() == Measure.P99).mapToDouble(Objective::most)
                .findFirst().orElse(Double.MAX_VALUE);
        var growth = growth(recording.seconds());
        if (growth > GROWTH * objective) {
            return fails(String.format(Locale.ROOT, "a backlog grows: the median rose by %.0f ms within the step",
                    growth));
        }
        return new Judgement(Outcome.HOLDS, String.format(Locale.ROOT, "p99 %.1f ms%s", Latency.millis(recording
                .latency().p99()), unanswered > 0 ? ", " + unanswered + " still under way" : ""));
    }

    private static Judgement fails(String why) {
        return new Judgement(Outcome.FAILS, why);
    }

    private static double found(Measure measure, Recording recording) {
        return switch (measure) {
            case P50 -> Latency.millis(recording.latency().p50());
            case P95 -> Latency.millis(recording.latency().p95());
            case P99 -> Latency.millis(recording.latency().p99());
            case ERROR_RATE -> recording.errorRate();
            case RECOVERY -> 0;
        };
    }

    private static String amount(Measure measure, double value) {
        return measure == Measure.ERROR_RATE
                ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
                : String.format(Locale.ROOT, "%.0f ms", value);
    }

    /// Milliseconds by which the median of the last third of the seconds is above that of the first, when it rises
    /// steadily; 0 otherwise.
    static double growth(List<Second> seconds) {
        var medians = seconds.stream().filter(one -> one.phase() == Phase.MEASURED && one.latencyMicros().count() > 0)
                .mapToDouble(one -> Latency.millis(one.latencyMicros().p50())).toArray();
        if (medians.length < LEAST_SECONDS) {
            return 0;
        }
        var rising = 0;
        var pairs = 0;
        for (var early = 0; early < medians.length; early++) {
            for (var late = early + 1; late < medians.length; late++) {
                pairs++;
                rising += medians[late] > medians[early] ? 1 : 0;
            }
        }
        return rising < STEADY * pairs
                ? 0
                : mean(medians, medians.length - medians.length / 3, medians.length)
                        - mean(medians, 0, medians.length / 3);
    }

    private static double mean(double[] values, int from, int to) {
        var sum = 0.0;
        for (var at = from; at < to; at++) {
            sum += values[at];
        }
        return sum / Math.max(1, to - from);
    }
}
