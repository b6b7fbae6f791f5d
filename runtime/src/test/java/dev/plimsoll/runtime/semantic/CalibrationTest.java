package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private final Threshold.Calibrated wanted = Threshold.Calibrated.usual();

    @Test
    void permitsNothingBeforeEnoughVerdicts() {
        var calibration = new Calibration(wanted);
        var needed = 0;
        while (calibration.threshold().isEmpty()) {
            calibration.add(0.985, true);
            needed++;
        }
        // ln(80) / -ln(0.99) = 436 if it were known that none is wrong.
        assertThat(needed).isBetween(437, 520);
        assertThat(calibration.threshold()).hasValue(0.98);
    }

    @Test
    void neverPermitsWhereEntriesAreWrongTooOften() {
        var permitted = 0;
        for (var run = 0; run < 400; run++) {
            var random = new SplittableRandom(run);
            var calibration = new Calibration(wanted);
            var ever = false;
            for (var at = 0; at < 3000; at++) {
                calibration.add(0.9 + random.nextDouble() / 10, random.nextDouble() >= 0.01);
                ever |= calibration.threshold().isPresent();
            }
            permitted += ever ? 1 : 0;
        }
        // Exactly at the bound, at any time of 3,000: one in twenty, and the window lets go of old verdicts.
        assertThat(permitted).isLessThanOrEqualTo(20);
    }

    @Test
    void descendsToWhereEntriesBecomeWrong() {
        var random = new SplittableRandom(4);
        var calibration = new Calibration(wanted);
        for (var at = 0; at < 4000; at++) {
            var similarity = 0.80 + random.nextDouble() / 5;
            calibration.add(similarity, similarity >= 0.9 || random.nextDouble() > 0.4);
        }
        assertThat(calibration.threshold().orElseThrow()).isBetween(0.885, 0.935);
    }

    @Test
    void takesAPermissionBackWhenEntriesBecomeWrong() {
        var calibration = new Calibration(wanted);
        for (var at = 0; at < 1000; at++) {
            calibration.add(0.95, true);
        }
        assertThat(calibration.threshold()).isPresent();
        for (var at = 0; at < 12; at++) {
            calibration.add(0.95, false);
        }
        assertThat(calibration.threshold()).isEmpty();
    }
}
