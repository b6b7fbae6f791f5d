package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.time.Instant;
import java.util.Locale;

/// One constant as it was measured.
///
/// @param value in the constant's unit
/// @param when the moment of the look it comes from
/// @param how the arithmetic, with what was read where
public record Measurement(Constant constant, double value, Instant when, String how) {
    public Measurement {
        if (!constant.admits(value)) {
            throw new IllegalArgumentException(value + " cannot be a " + constant.words());
        }
    }

    public MemorySize size() {
        return MemorySize.ofBytes((long) value);
    }

    /// `2.4 MB`, `1.09`, `3,210`.
    public String shown() {
        return switch (constant.unit()) {
            case BYTES -> size().toString();
            case COUNT -> String.format(Locale.ROOT, "%,d", (long) value);
            case RATIO -> String.format(Locale.ROOT, "%.3f", value);
        };
    }

    /// Where a number comes from, for [Term#source] and [Sizing.Choice#source].
    public String source() {
        return "measured on this stack at " + when;
    }
}
