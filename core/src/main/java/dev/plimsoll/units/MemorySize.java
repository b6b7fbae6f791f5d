package dev.plimsoll.units;

import java.util.Locale;

/// An exact amount of memory in bytes, never negative.
///
/// Text output uses binary units, as Compose and Postgres do: 1 MB is 1,048,576 bytes.
///
/// @param bytes at least 0
public record MemorySize(long bytes) implements Comparable<MemorySize> {
    private static final long KB = 1024;
    private static final long MB = KB * KB;
    private static final long GB = MB * KB;

    public static final MemorySize ZERO = new MemorySize(0);
    /// Stands for "no bound" in sums; adding to it stays at it.
    public static final MemorySize MAX = new MemorySize(Long.MAX_VALUE);

    public MemorySize {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory size must not be negative: " + bytes);
        }
    }

    public static MemorySize ofBytes(long bytes) {
        return new MemorySize(bytes);
    }

    public static MemorySize ofKilobytes(long kilobytes) {
        return new MemorySize(Math.multiplyExact(kilobytes, KB));
    }

    public static MemorySize ofMegabytes(long megabytes) {
        return new MemorySize(Math.multiplyExact(megabytes, MB));
    }

    /// Rounds up to the next byte, so that a bound computed from a fraction stays a bound.
    public static MemorySize ofMegabytes(double megabytes) {
        return saturated(Math.ceil(megabytes * MB));
    }

    public static MemorySize ofGigabytes(long gigabytes) {
        return new MemorySize(Math.multiplyExact(gigabytes, GB));
    }

    public MemorySize plus(MemorySize other) {
        var sum = bytes + other.bytes;
        return sum < 0 ? MAX : new MemorySize(sum);
    }

    /// Subtracts, stopping at zero.
    public MemorySize minus(MemorySize other) {
        return new MemorySize(Math.max(0, bytes - other.bytes));
    }

    public MemorySize times(long factor) {
        if (factor < 0) {
            throw new IllegalArgumentException("factor must not be negative: " + factor);
        }
        return Math.multiplyHigh(bytes, factor) != 0 || bytes * factor < 0 ? MAX : new MemorySize(bytes * factor);
    }

    /// Rounds up to the next byte.
    public MemorySize times(double factor) {
        return saturated(Math.ceil(bytes * factor));
    }

    public MemorySize dividedBy(long divisor) {
        return new MemorySize(bytes / divisor);
    }

    public MemorySize min(MemorySize other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public MemorySize max(MemorySize other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isLargerThan(MemorySize other) {
        return bytes > other.bytes;
    }

    public boolean isZero() {
        return bytes == 0;
    }

    /// The largest multiple of `step` that is not above this size.
    public MemorySize roundedDownTo(MemorySize step) {
        return new MemorySize(bytes / step.bytes * step.bytes);
    }

    /// The smallest multiple of `step` that is not below this size.
    public MemorySize roundedUpTo(MemorySize step) {
        var over = bytes % step.bytes;
        return over == 0 ? this : plus(step.minus(ofBytes(over)));
    }

    /// Whole megabytes, rounded down.
    public long megabytes() {
        return bytes / MB;
    }

    public long kilobytes() {
        return bytes / KB;
    }

    /// This size over `other`; `other` must not be zero.
    public double ratioTo(MemorySize other) {
        return (double) bytes / other.bytes;
    }

    @Override
    public int compareTo(MemorySize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// For people: `512 MB`, `1.5 GB`, `64 kB`. Sizes below 10 GB that are no whole GB are given in MB.
    @Override
    public String toString() {
        if (bytes >= 10 * GB || bytes >= GB && bytes % GB == 0) {
            return trimmed((double) bytes / GB) + " GB";
        }
        if (bytes >= MB) {
            return bytes >= 100 * MB ? Math.round((double) bytes / MB) + " MB" : trimmed((double) bytes / MB) + " MB";
        }
        return bytes % KB == 0 && bytes > 0 ? bytes / KB + " kB" : bytes + " B";
    }

    private static String trimmed(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static MemorySize saturated(double bytes) {
        return bytes >= Long.MAX_VALUE ? MAX : new MemorySize((long) bytes);
    }
}
