package dev.plimsoll.runtime.semantic;

import java.util.OptionalDouble;

/// The verdicts of one scope, and the lowest threshold that they permit.
///
/// Each threshold is a hypothesis: the share of false entries at or above it is `falseHits` or more. The evidence against it
/// is an e-value, the mean over smaller shares p of how much better p explains the verdicts. By Ville's inequality it
/// exceeds 1 / error with probability `error` at most, however often one looks. Thresholds are tried from the strictest
/// with enough verdicts downwards, and the first failure ends it, so that trying many costs nothing.
final class Calibration {
    /// Thresholds tried.
    static final double STRICTEST = 0.99;
    static final double LOOSEST = 0.80;
    private static final int STEPS = 20;
    /// Verdicts kept: older ones speak of a past that drifts away. At two checks in a hundred lookups, 100,000 lookups.
    static final int KEPT = 2000;
    /// Smaller shares that are weighed, as parts of `falseHits`.
    private static final double[] PARTS = {0.0001, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7};

    private final double falseHits;
    private final double error;
    private final float[] similarities = new float[KEPT];
    private final boolean[] right = new boolean[KEPT];
    private long judged;
    private OptionalDouble threshold = OptionalDouble.empty();

    Calibration(Threshold.Calibrated wanted) {
        falseHits = wanted.falseHits();
        error = wanted.error();
    }

    synchronized void add(double similarity, boolean wasRight) {
        var at = (int) (judged++ % KEPT);
        similarities[at] = (float) similarity;
        right[at] = wasRight;
        threshold = permitted();
    }

    /// The lowest permitted threshold; absent while the verdicts permit none.
    synchronized OptionalDouble threshold() {
        return threshold;
    }

    private OptionalDouble permitted() {
        var all = new int[STEPS];
        var wrong = new int[STEPS];
        for (var at = 0; at < Math.min(judged, KEPT); at++) {
            var step = step(similarities[at]);
            if (step >= 0) {
                all[step]++;
                wrong[step] += right[at] ? 0 : 1;
            }
        }
        return descend(all, wrong);
    }

    private OptionalDouble descend(int[] all, int[] wrong) {
        var lowest = OptionalDouble.empty();
        var verdicts = 0;
        var errors = 0;
        for (var step = 0; step < STEPS; step++) {
            verdicts += all[step];
            errors += wrong[step];
            if (verdicts >= fewest(falseHits, error)) {
                if (evidence(verdicts, errors, falseHits) < 1 / error) {
                    return lowest;
                }
                lowest = OptionalDouble.of(STRICTEST - step / 100.0);
            }
        }
        return lowest;
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

    /// The fewest verdicts, all right, that can suffice: where the descent begins, which no outcome can influence.
    static int fewest(double falseHits, double error) {
        var verdicts = 1;
        while (evidence(verdicts, 0, falseHits) < 1 / error) {
            verdicts++;
        }
        return verdicts;
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
