package dev.plimsoll.load;

/// How long requests took, in microseconds. Percentiles come from an HdrHistogram with three digits.
///
/// @param count requests it is made of; all others are 0 when there were none
/// @param p999 the 99.9th percentile
public record Latency(long count, double mean, long p50, long p90, long p95, long p99, long p999, long max) {
    public static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0, 0, 0);

    private static final double MICROS_PER_MILLI = 1000;

    /// Microseconds as milliseconds.
    public static double millis(double micros) {
        return micros / MICROS_PER_MILLI;
    }

    /// A point of the curve of percentiles.
    ///
    /// @param percentile from 0 to 100
    /// @param micros what this share of the requests did not exceed
    public record Point(double percentile, long micros) {}
}
