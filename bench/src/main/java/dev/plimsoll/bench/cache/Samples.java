package dev.plimsoll.bench.cache;

import java.util.Arrays;
import java.util.Locale;

/// Durations in ns.
final class Samples {
    private static final double MICRO = 1_000.0;

    private long[] values = new long[1024];
    private int count;

    synchronized void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    /// The value at or below which this share lies.
    synchronized long at(double share) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        var sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[Math.clamp((long) Math.ceil(share * count) - 1, 0, count - 1)];
    }

    /// In ms, such as `0.312`.
    String millis(double share) {
        return String.format(Locale.ROOT, "%.3f", at(share) / MICRO / MICRO);
    }
}
