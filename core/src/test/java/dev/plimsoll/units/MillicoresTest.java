package dev.plimsoll.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MillicoresTest {
    @ParameterizedTest
    @CsvSource({"1, 1000, 1, 1", "0.5, 500, 1, 0.5", "' 2.25 ', 2250, 2, 2.25", "0, 0, 1, 0", "1e1, 10000, 10, 10"})
    void readsCores(String text, int millicores, int cores, String written) {
        var read = Millicores.parse(text).orElseThrow();
        assertThat(read.value()).isEqualTo(millicores);
        assertThat(read.cores()).isEqualTo(cores);
        assertThat(read).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "", "10001", "1e999999999", "1e99999999999"})
    void refusesOthers(String text) {
        assertThat(Millicores.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-999999999", "1e-2147483647", "0e-2147483647", "1e-2147483640"})
    void tinyNumbersAreReadAtOnce(String text) {
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60),
                () -> assertThat(Millicores.parse(text).filter(cores -> cores.value() > 0)).isEmpty());
    }

    @Test
    void addsAndMultiplies() {
        assertThat(Millicores.ofCores(2).plus(new Millicores(500)).times(2)).isEqualTo(new Millicores(5000));
        assertThat(new Millicores(1)).isLessThan(new Millicores(2));
    }
}
