package dev.plimsoll.runtime.semantic;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// The threshold of each scope, and how low a lookup looks: a lookup that is drawn to be checked looks lower.
final class Thresholds {
    /// Scopes whose verdicts are kept, 8 KB each. One that had to go gives the same text only, until it has
    /// learned again.
    private static final int MOST = 2_000;

    private final Threshold chosen;
    private final RandomGenerator random;
    /// Those unread for the longest make room.
    private final LinkedHashMap<Scope, Calibration> calibrations = new LinkedHashMap<>(16, 0.75f, true);

    Thresholds(Threshold chosen, RandomGenerator random) {
        this.chosen = chosen;
        this.random = random;
    }

    OptionalDouble serving(Scope scope) {
        return switch (chosen) {
            case Threshold.SameText() -> OptionalDouble.empty();
            case Threshold.Fixed(var cosine) -> OptionalDouble.of(cosine);
            case Threshold.Calibrated wanted -> known(scope).map(Calibration::threshold).orElse(OptionalDouble.empty());
        };
    }

    void judge(Scope scope, double similarity, boolean right) {
        if (chosen instanceof Threshold.Calibrated wanted) {
            known(scope).orElseGet(() -> begun(scope, wanted)).add(similarity, right);
        }
    }

    private synchronized Optional<Calibration> known(Scope scope) {
        return Optional.ofNullable(calibrations.get(scope));
    }

    private synchronized Calibration begun(Scope scope, Threshold.Calibrated wanted) {
        var calibration = calibrations.computeIfAbsent(scope, absent -> new Calibration(wanted));
        if (calibrations.size() > MOST) {
            calibrations.pollFirstEntry();
        }
        return calibration;
    }

    /// Scopes whose verdicts permit a threshold.
    synchronized int calibrated() {
        return (int) calibrations.values().stream().filter(calibration -> calibration.threshold().isPresent()).count();
    }

    synchronized void clear() {
        calibrations.clear();
    }

    Aim aim(Scope scope) {
        var serving = serving(scope);
        var checked = chosen instanceof Threshold.Calibrated wanted && (serving.isEmpty() || random
                .nextDouble() < wanted.checked());
        return new Aim(serving, checked);
    }

    /// What one lookup aims at.
    ///
    /// @param checked whether it is drawn to be checked: then nothing but the same text is given
    record Aim(OptionalDouble serving, boolean checked) {
        /// Where to look from; absent when there is no use.
        OptionalDouble lowest() {
            return checked ? OptionalDouble.of(Calibration.LOOSEST) : serving;
        }

        Lookup decide(Scope scope, Question question, Search.Nearest nearest, Begun begun) {
            if (nearest.found().isEmpty()) {
                var reason = nearest.refused() ? Lookup.Reason.DIFFERENT_MEANING : Lookup.Reason.NOTHING_NEAR;
                return new Lookup.Miss(scope, question, reason, Optional.empty(), begun);
            }
            var found = nearest.found().get();
            if (!checked) {
                return new Lookup.Hit(scope, question, found, false);
            }
            return new Lookup.Miss(scope, question, reason(found.similarity()), nearest.found(), begun);
        }

        private Lookup.Reason reason(double similarity) {
            if (serving.isEmpty()) {
                return Lookup.Reason.NOT_CALIBRATED;
            }
            return similarity < serving.getAsDouble() ? Lookup.Reason.BELOW_THRESHOLD : Lookup.Reason.CHECKED;
        }
    }
}
