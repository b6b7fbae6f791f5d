package dev.plimsoll.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.InputException;
import java.nio.charset.StandardCharsets;

class CalibrationFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"format: 1\\x0A", "services: {", "backend: {", "value: 2621440", "unit: bytes",
            "fragmentation: {value: 1.09, unit: ratio", "when: 2026-01-01T00:00:00Z", "how: x"})
    void readsOrRefuses(byte[] text) {
        try {
            var calibration = CalibrationFile.read("c", new String(text, StandardCharsets.UTF_8));
            assertThat(CalibrationFile.read("c", CalibrationFile.text(calibration))).isEqualTo(calibration);
        } catch (InputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }
}
