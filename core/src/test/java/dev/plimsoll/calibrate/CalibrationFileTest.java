package dev.plimsoll.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.kinds.Calibrated;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Measurement;
import dev.plimsoll.source.InputException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalibrationFileTest {
    private static final Instant WHEN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Calibration CALIBRATION = new Calibration(Map.of("db", new Calibrated(List.of(
            new Measurement(Constant.BACKEND, 2_621_440, WHEN, "(held 90 MB - shared: 40 MB) / 20 backends"),
            new Measurement(Constant.SHARED_MEMORY_FACTOR, 1.013, WHEN, "shared_memory_size / model")))));

    @Test
    void isReadBackAsWritten() {
        assertThat(CalibrationFile.read("c", CalibrationFile.text(CALIBRATION))).isEqualTo(CALIBRATION);
    }

    @Test
    void refusesAValueThatCannotBeOne() {
        var broken = CalibrationFile.text(CALIBRATION).replace("value: 2621440", "value: 26");

        assertThatThrownBy(() -> CalibrationFile.read("calibration.yml", broken)).isInstanceOf(InputException.class)
                .hasMessageMatching("calibration\\.yml:\\d+:\\d+: the calibration has no usable `value` here\\. .*");
    }

    @Test
    void refusesWhatNobodyMeasures() {
        var broken = CalibrationFile.text(CALIBRATION).replace("backend:", "mood:");

        assertThatThrownBy(() -> CalibrationFile.read("c", broken)).isInstanceOf(InputException.class)
                .hasMessageContaining("`mood` is nothing that can be measured");
    }

    @Test
    void refusesAnotherFormat() {
        assertThatThrownBy(() -> CalibrationFile.read("c", "format: 2\nservices: {}\n"))
                .isInstanceOf(InputException.class).hasMessageContaining("has format 2");
    }

    @Test
    void keepsOlderValuesThatWereNotMeasuredAgain() {
        var again = new Measurement(Constant.BACKEND, 3_000_000, WHEN.plusSeconds(60), "again");
        var newer = new Calibration(Map.of("db", new Calibrated(List.of(again))));

        var merged = newer.over(CALIBRATION).of("db");

        assertThat(merged.get(Constant.BACKEND)).contains(again);
        assertThat(merged.get(Constant.SHARED_MEMORY_FACTOR)).isPresent();
    }
}
