package dev.plimsoll.units;

import static dev.plimsoll.units.MemorySize.MAX;
import static dev.plimsoll.units.MemorySize.ZERO;
import static dev.plimsoll.units.MemorySize.ofBytes;
import static dev.plimsoll.units.MemorySize.ofGigabytes;
import static dev.plimsoll.units.MemorySize.ofKilobytes;
import static dev.plimsoll.units.MemorySize.ofMegabytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {
    @Test
    void unitsAreBinary() {
        assertThat(ofKilobytes(1).bytes()).isEqualTo(1024);
        assertThat(ofMegabytes(1).bytes()).isEqualTo(1_048_576);
        assertThat(ofGigabytes(1).bytes()).isEqualTo(1_073_741_824);
    }

    @Test
    void negativeSizesAndFactorsAreRefused() {
        assertThatThrownBy(() -> ofBytes(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> ofBytes(5).times(-2)).hasMessageContaining("-2");
    }

    @Test
    void sumsAndProductsStopAtTheBound() {
        assertThat(MAX.plus(ofBytes(1))).isEqualTo(MAX);
        assertThat(MAX.plus(MAX)).isEqualTo(MAX);
        assertThat(ofGigabytes(8).times(Long.MAX_VALUE)).isEqualTo(MAX);
        assertThat(ofBytes(Long.MAX_VALUE / 2 + 1).times(2L)).isEqualTo(MAX);
        assertThat(MAX.times(1.5)).isEqualTo(MAX);
        assertThat(MAX.times(0L)).isEqualTo(ZERO);
    }

    @Test
    void differencesStopAtZero() {
        assertThat(ofMegabytes(1).minus(ofMegabytes(2))).isEqualTo(ZERO);
        assertThat(ofMegabytes(3).minus(ofMegabytes(2))).isEqualTo(ofMegabytes(1));
    }

    @Test
    void fractionsRoundUpSoThatBoundsStayBounds() {
        assertThat(ofBytes(3).times(0.5)).isEqualTo(ofBytes(2));
        assertThat(ofMegabytes(0.05)).isEqualTo(ofBytes(52_429));
    }

    @Test
    void roundsToSteps() {
        assertThat(ofMegabytes(17).roundedDownTo(ofMegabytes(16))).isEqualTo(ofMegabytes(16));
        assertThat(ofMegabytes(17).roundedUpTo(ofMegabytes(16))).isEqualTo(ofMegabytes(32));
        assertThat(ofMegabytes(32).roundedUpTo(ofMegabytes(16))).isEqualTo(ofMegabytes(32));
        assertThat(ZERO.roundedUpTo(ofMegabytes(16))).isEqualTo(ZERO);
    }

    @Test
    void roundingUpNeverLosesAByteOfALargeSize() {
        var large = ofBytes((1L << 53) + 1);
        assertThat(large.roundedUpTo(ofBytes(1))).isEqualTo(large);
        assertThat(large.roundedUpTo(ofBytes(2))).isEqualTo(ofBytes((1L << 53) + 2));
        assertThat(MAX.roundedUpTo(ofMegabytes(16))).isEqualTo(MAX);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1 kB", "1025, 1025 B", "65536, 64 kB", "1048576, 1 MB",
            "1572864, 1.5 MB", "104857600, 100 MB", "536870912, 512 MB", "1073741824, 1 GB", "1610612736, 1536 MB",
            "10737418240, 10 GB", "11274289152, 10.5 GB"})
    void textIsForPeople(long bytes, String text) {
        assertThat(ofBytes(bytes)).hasToString(text);
    }

    @Test
    void comparesAndPicks() {
        assertThat(ofMegabytes(1).min(ofMegabytes(2))).isEqualTo(ofMegabytes(1));
        assertThat(ofMegabytes(1).max(ofMegabytes(2))).isEqualTo(ofMegabytes(2));
        assertThat(ofMegabytes(2).isLargerThan(ofMegabytes(1))).isTrue();
        assertThat(ofMegabytes(1).isLargerThan(ofMegabytes(1))).isFalse();
        assertThat(ofMegabytes(1).ratioTo(ofMegabytes(4))).isEqualTo(0.25);
    }
}
