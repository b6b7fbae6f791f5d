package dev.plimsoll.runtime.semantic;

import java.util.OptionalDouble;

/// The verdicts of one scope, and the lowest threshold that they permit.
///
/// Each threshold is a hypothesis: the share of false entries at or above it is `falseHits` or more. The evidence
/// against it is an e-value, the mean over smaller shares p of how much better p explains the verdicts. By Ville's
/// inequality it exceeds 1 / error with probability `error` at most, however often one looks. From each of four
/// [#STARTS] thresholds are tried downwards until one fails, so that trying many costs nothing; the four share the
/// error.
final class Calibration {
    /// Thresholds tried.
    static final double STRICTEST = 0.99;
    static final double LOOSEST = 0.80;
    private static final int STEPS = 20;
    /// Where a descent begins, in steps: 0.98, 0.94, 0.90 and 0.86. Few, because each is a chance to be wrong.
    private static final int[] STARTS = {1, 5, 9, 13};
    /// Verdicts kept: older ones speak of a past that drifts away. The bound holds for each window of so many.
    private static final int KEPT = 4000;
    /// Verdicts at a step without which the threshold stays above it: nothing is known about it by itself.
    private static final int OWN = 10;
    /// Smaller shares that are weighed, as parts of `falseHits`.
    private static final double[] PARTS = {0.0001, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7};

    private final double falseHits;
    private final double needed;
    private final byte[] steps = new byte[KEPT];
    private final boolean[] right = new boolean[KEPT];
    private final int[] all = new int[STEPS];
    private final int[] wrong = new int[STEPS];
    private long judged;
    private OptionalDouble threshold = OptionalDouble.empty();

    Calibration(Threshold.Calibrated wanted) {
        falseHits = wanted.falseHits();
        needed = STARTS.length / wanted.error();
    }

    synchronized void add(double similarity, boolean wasRight) {
        var step = step(similarity);
        if (step < 0) {
            return;
        }
        var at = (int) (judged % KEPT);
        if (judged >= KEPT) {
            count(steps[at], right[at], -1);
        }
        steps[at] = (byte) step;
        right[at] = wasRight;
        count(step, wasRight, 1);
        judged++;
        threshold = permitted();
    }

    /// The lowest permitted threshold; absent while the verdicts permit none.
    synchronized OptionalDouble threshold() {
        return threshold;
    }

    private void count(int step, boolean wasRight, int more) {
        all[step] += more;
        wrong[step] += wasRight ? 0 : more;
    }

    private OptionalDouble permitted() {
        var lowest = -1;
        for (var start : STARTS) {
            lowest = Math.max(lowest, descend(start));
        }
        while (lowest > 0 && all[lowest] < OWN) {
            lowest--;
        }
        return lowest < 0 ? OptionalDouble.empty() : OptionalDouble.of(STRICTEST - lowest / 100.0);
    }

    /// The last step before the first failure, -1 when there is none.
    private int descend(int start) {
        var verdicts = 0;
        var errors = 0;
        var landed = -1;
        for (var step = 0; step < STEPS; step++) {
            verdicts += all[step];
            errors += wrong[step];
            if (step >= start) {
                if (evidence(verdicts, errors, falseHits) < needed) {
                    return landed;
                }
                landed = step;
            }
        }
        return landed;
    }

    /// The strictest threshold that a similarity reaches, counted downwards; -1 below all.
    private static int step(double similarity) {
        for (var step = 0; step < STEPS; step++) {
            if (similarity >= STRICTEST - step / 100.0) {
                return step;
            }
        }
        return -1;
    }

    static double evidence(int verdicts, int errors, double falseHits) {
        var sum = 0.0;
        for (var part : PARTS) {
            var share = part * falseHits;
            sum += Math.exp(errors * Math.log(share / falseHits) + (verdicts - errors) * (Math.log1p(-share) - Math
                    .log1p(-falseHits)));
        }
        return sum / PARTS.length;
    }
}
