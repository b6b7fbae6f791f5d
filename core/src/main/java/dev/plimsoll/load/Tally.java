package dev.plimsoll.load;

import dev.plimsoll.load.Counts.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/// Counts and times while a load runs; grows by one request at a time. Not safe for several threads.
final class Tally {
    /// Three digits: percentiles are right to 0.1 %.
    private static final int DIGITS = 3;

    private final IntCountsHistogram latency;
    private final long mostMicros;
    private final Map<Failure, Long> errors = new EnumMap<>(Failure.class);
    private long planned;
    private long sent;
    private long completed;
    private long redirected;
    private long bytes;

    /// @param mostMicros longer times are taken for this
    Tally(long mostMicros) {
        this.mostMicros = Math.max(2, mostMicros);
        latency = new IntCountsHistogram(this.mostMicros, DIGITS);
    }

    void plan() {
        planned++;
    }

    void fail(Failure kind) {
        errors.merge(kind, 1L, Long::sum);
    }

    void time(long micros) {
        latency.recordValue(Math.clamp(micros, 0, mostMicros));
    }

    void end(Ended ended) {
        sent += ended.wasSent() ? 1 : 0;
        completed += ended.completed() ? 1 : 0;
        redirected += ended.redirected() ? 1 : 0;
        bytes += ended.bytes();
        ended.failure().ifPresent(this::fail);
        if (ended.isTimed()) {
            time(ended.latencyMicros());
        }
    }

    void add(Tally more) {
        latency.add(more.latency);
        more.errors.forEach((kind, count) -> errors.merge(kind, count, Long::sum));
        planned += more.planned;
        sent += more.sent;
        completed += more.completed;
        redirected += more.redirected;
        bytes += more.bytes;
    }

    Counts counts() {
        return new Counts(planned, sent, completed, redirected, errors, bytes);
    }

    Latency latency() {
        return latency(latency);
    }

    /// Between the extremes, about as many points for each nine.
    List<Latency.Point> curve() {
        var points = new ArrayList<Latency.Point>();
        if (latency.getTotalCount() == 0) {
            return points;
        }
        for (var percentile : List.of(0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 99, 99.25,
                99.5, 99.75, 99.9, 99.95, 99.99, 99.999, 100)) {
            var at = percentile.doubleValue();
            points.add(new Latency.Point(at, latency.getValueAtPercentile(at)));
        }
        return points;
    }

    private static Latency latency(AbstractHistogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return Latency.NONE;
        }
        return new Latency(histogram.getTotalCount(), histogram.getMean(), at(histogram, 50), at(histogram, 90), at(
                histogram, 95), at(histogram, 99), at(histogram, 99.9),
                Math.min(histogram.getMaxValue(), histogram
                        .getHighestTrackableValue()));
    }

    private static long at(AbstractHistogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile);
    }
}
