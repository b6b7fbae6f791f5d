package dev.plimsoll.load;

import dev.plimsoll.load.Stage.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Two runs of the same profiles side by side. Whether a difference is more than noise is decided by the
/// Mann-Whitney test over the values of each second, which asks nothing of their distribution.
public record Comparison(List<Line> lines) {
    /// A difference this unlikely by chance counts. Seconds of one run resemble each other more than the test assumes,
    /// so the bar is higher than the usual 0.05.
    private static final double SIGNIFICANT = 0.01;
    /// Smaller differences are left alone, however certain they are. Assumption.
    private static final double NOTICEABLE = 0.05;
    /// The normal approximation needs some values on each side.
    private static final int LEAST = 8;

    public Comparison {
        lines = List.copyOf(lines);
    }

    /// What a difference means.
    public enum Verdict {
        BETTER, WORSE, SAME,
        /// Too few seconds, or a run that does not count.
        UNKNOWN
    }

    /// One measure of one profile.
    ///
    /// @param what such as `p99 ms`
    /// @param before the median over the seconds of the other run
    /// @param after the same of this run
    /// @param chance probability that chance alone gives such a difference; empty when it was not tested
    public record Line(String profile, String what, double before, double after, Optional<Double> chance,
            Verdict verdict) {}

    private enum Measure {
        P50("p50 ms"), P99("p99 ms"), THROUGHPUT("answers/s"), ERRORS("failed share");

        final String words;

        Measure(String words) {
            this.words = words;
        }

        double of(Second second) {
            return switch (this) {
                case P50 -> Latency.millis(second.latencyMicros().p50());
                case P99 -> Latency.millis(second.latencyMicros().p99());
                case THROUGHPUT -> second.answered();
                case ERRORS -> second.counts().errorRate();
            };
        }
    }

    /// Profiles that both runs have.
    public static Comparison of(LoadRun before, LoadRun after) {
        var lines = new ArrayList<Line>();
        for (var run : after.profiles()) {
            before.profile(run.profile().name()).ifPresent(other -> {
                for (var measure : Measure.values()) {
                    lines.add(line(measure, other, run));
                }
            });
        }
        return new Comparison(lines);
    }

    /// Whether anything got worse.
    public boolean isWorse() {
        return lines.stream().anyMatch(line -> line.verdict() == Verdict.WORSE);
    }

    private static Line line(Measure measure, ProfileRun before, ProfileRun after) {
        var old = values(measure, before);
        var now = values(measure, after);
        var name = after.profile().name();
        if (old.length < LEAST || now.length < LEAST || !before.validity().holds() || !after.validity().holds()) {
            return new Line(name, measure.words, median(old), median(now), Optional.empty(), Verdict.UNKNOWN);
        }
        var chance = mannWhitney(old, now);
        return new Line(name, measure.words, median(old), median(now), Optional.of(chance), verdict(measure, old, now,
                chance));
    }

    private static Verdict verdict(Measure measure, double[] old, double[] now, double chance) {
        var before = measure == Measure.ERRORS ? mean(old) : median(old);
        var after = measure == Measure.ERRORS ? mean(now) : median(now);
        if (chance >= SIGNIFICANT || Math.abs(after - before) <= NOTICEABLE * Math.max(before, 1e-3)) {
            return Verdict.SAME;
        }
        var more = after > before;
        return more == (measure == Measure.THROUGHPUT) ? Verdict.BETTER : Verdict.WORSE;
    }

    private static double[] values(Measure measure, ProfileRun run) {
        return run.seconds().stream().filter(one -> one.phase() == Phase.MEASURED && one.counts().ended() > 0)
                .mapToDouble(measure::of).toArray();
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /// Two-sided probability by the normal approximation, with ranks shared among equal values.
    static double mannWhitney(double[] first, double[] second) {
        var all = new double[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        Arrays.sort(all);
        var ties = 0.0;
        for (var at = 0; at < all.length;) {
            var end = at;
            while (end < all.length && all[end] == all[at]) {
                end++;
            }
            ties += Math.pow(end - at, 3) - (end - at);
            at = end;
        }
        var ranks = Arrays.stream(first).map(value -> rank(all, value)).sum();
        double n = all.length;
        var product = (double) first.length * second.length;
        var u = ranks - first.length * (first.length + 1) / 2.0;
        var variance = product / 12 * (n + 1 - ties / (n * (n - 1)));
        if (variance <= 0) {
            return 1;
        }
        var distance = Math.max(0, Math.abs(u - product / 2) - 0.5) / Math.sqrt(variance);
        return Math.min(1, 2 * upperTail(distance));
    }

    /// The mean rank of equal values, from 1.
    private static double rank(double[] sorted, double value) {
        var from = 0;
        while (sorted[from] < value) {
            from++;
        }
        var to = from;
        while (to < sorted.length && sorted[to] == value) {
            to++;
        }
        return (from + 1 + to) / 2.0;
    }

    /// Of the standard normal distribution, right to 1e-7 (Abramowitz and Stegun, 26.2.17).
    static double upperTail(double z) {
        var t = 1 / (1 + 0.2316419 * z);
        var polynomial = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t
                * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
    }
}
