package dev.plimsoll.runtime.semantic;

import java.util.stream.IntStream;

/// How many signs may differ before an entry is passed over. At a cosine of the threshold each sign differs with
/// probability arccos(threshold) / pi, independently, so the number that differ has a binomial tail; nearer entries
/// differ less.
final class Radius {
    /// Of the signs, some are read for every entry: one, two or three times as many as these.
    static final int STEP = 64;
    private static final int STEPS = 3;
    /// Of entries exactly at the threshold, at most so many are lost to the whole code.
    private static final double LOST = 1e-4;
    /// And so many to the signs that are read for every entry.
    private static final double LOST_FIRST = 2e-4;
    /// How far an estimate of a cosine may be off, in deviations: 3 in 100,000 lost.
    private static final double DOUBT = 4;
    /// The variances of estimates by signs and by two planes, times the width: a share of the squared sine, and what is
    /// left where the sine is zero. Measured; `VectorIndexTest` holds them to it.
    private static final double BY_SIGNS = 0.58;
    private static final double COARSE = 0.165;
    private static final double REST = 0.003;
    /// The reading begins with so many signs that of entries at this cosine, as any two questions of an embedding model
    /// are, no more than this share is left.
    private static final double UNRELATED = 0.3;
    private static final double LEFT = 1.0 / 64;

    private final int whole;
    private final int[] first;
    private final int start;
    private final float bySigns;
    private final float coarse;

    /// For codes of `width` signs and a cosine.
    Radius(int width, double threshold) {
        var differs = Math.acos(Math.max(-1, Math.min(1, threshold))) / Math.PI;
        whole = quantile(width, differs, LOST);
        first = IntStream.rangeClosed(1, steps(width)).map(step -> quantile(step * STEP, differs, LOST_FIRST))
                .toArray();
        start = start(first);
        bySigns = least(threshold, BY_SIGNS, width);
        coarse = least(threshold, COARSE, width);
    }

    private static float least(double threshold, double share, int width) {
        var variance = share * Math.max(0, 1 - threshold * threshold) + REST;
        return (float) (threshold - DOUBT * Math.sqrt(variance / width));
    }

    private static int start(int[] first) {
        var step = 0;
        while (step < first.length - 1 && first[step] >= quantile((step + 1) * STEP, Math.acos(UNRELATED)
                / Math.PI, 1 - LEFT)) {
            step++;
        }
        return step;
    }

    /// In how many steps the signs can be read.
    static int steps(int width) {
        return Math.min(STEPS, width / STEP);
    }

    /// The step to begin with.
    int start() {
        return start;
    }

    int whole() {
        return whole;
    }

    /// How many of the signs of a step may differ.
    int first(int step) {
        return first[step];
    }

    /// The least estimate by signs of an entry that may be at the threshold.
    float bySigns() {
        return bySigns;
    }

    /// The least coarse estimate of such an entry.
    float coarse() {
        return coarse;
    }

    /// The least number that a binomial variable exceeds with at most probability `lost`.
    static int quantile(int trials, double probability, double lost) {
        if (probability <= 0) {
            return 0;
        }
        var logOdds = Math.log(probability / (1 - probability));
        var log = trials * Math.log1p(-probability);
        var reached = Math.exp(log);
        var at = 0;
        while (at < trials && 1 - reached > lost) {
            at++;
            log += Math.log((double) (trials - at + 1) / at) + logOdds;
            reached += Math.exp(log);
        }
        return at;
    }
}
