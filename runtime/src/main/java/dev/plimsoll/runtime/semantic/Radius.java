package dev.plimsoll.runtime.semantic;

/// How many signs may differ before an entry is passed over. At a cosine of the threshold each sign differs with
/// probability arccos(threshold) / pi, independently, so the number that differ has a binomial tail; nearer entries
/// differ
/// less.
final class Radius {
    /// Signs in the first plane, which is read for every entry.
    static final int FIRST = 128;
    /// Of entries exactly at the threshold, at most so many are lost to the whole code.
    private static final double LOST = 1e-4;
    /// And so many to the first plane.
    private static final double LOST_FIRST = 2e-4;

    private final int whole;
    private final int[] first;

    /// For codes of `width` signs and a cosine.
    Radius(int width, double threshold) {
        var differs = Math.acos(Math.max(-1, Math.min(1, threshold))) / Math.PI;
        whole = quantile(width, differs, LOST);
        var unconditional = quantile(FIRST, differs, LOST_FIRST);
        first = new int[whole + 1];
        for (var distance = 0; distance <= whole; distance++) {
            first[distance] = Math.min(unconditional, drawn(width, distance));
        }
    }

    int whole() {
        return whole;
    }

    /// How many of the first plane's signs may differ when at most `distance` of the whole code's may.
    int first(int distance) {
        return first[distance];
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

    /// The same for the part of `differing` places, drawn from `width`, that falls into the first
    /// plane (hypergeometric).
    private static int drawn(int width, int differing) {
        var least = Math.max(0, FIRST - (width - differing));
        var most = Math.min(FIRST, differing);
        var log = choose(differing, least) + choose(width - differing, FIRST - least) - choose(width, FIRST);
        var reached = Math.exp(log);
        var at = least;
        while (at < most && 1 - reached > LOST_FIRST) {
            log += Math.log((double) (differing - at) / (at + 1))
                    + Math.log((double) (FIRST - at) / (width - differing - FIRST + at + 1));
            at++;
            reached += Math.exp(log);
        }
        return at;
    }

    /// The logarithm of a binomial coefficient.
    private static double choose(int of, int taken) {
        var log = 0.0;
        for (var at = 1; at <= taken; at++) {
            log += Math.log((double) (of - taken + at) / at);
        }
        return log;
    }
}
