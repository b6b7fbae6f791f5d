package dev.plimsoll.load;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// When a load ends early, so that it harms nothing. All are assumptions, and can be set.
///
/// @param errorRate share of failures over [#WINDOW] seconds
/// @param latencyMillis p99 of each of [#WINDOW] seconds
/// @param memoryShare what a container holds over its limit, files that can be dropped left out
public record StopConditions(double errorRate, double latencyMillis, double memoryShare) {
    /// Seconds in a row.
    public static final int WINDOW = 5;
    public static final StopConditions USUAL = new StopConditions(0.5, 8000, 0.97);

    /// @param seconds the latest ones, oldest first
    /// @return why the load must end; empty to go on
    public Optional<String> reason(List<Second> seconds) {
        if (seconds.size() < WINDOW) {
            return Optional.empty();
        }
        var last = seconds.subList(seconds.size() - WINDOW, seconds.size());
        var counts = last.stream().map(Second::counts).reduce(Counts.NONE, Counts::plus);
        if (counts.errorRate() > errorRate) {
            return Optional
                    .of(String.format(Locale.ROOT, "%.0f %% of the requests of %d seconds failed, and %.0f %% are "
                            + "the most", 100 * counts.errorRate(), WINDOW, 100 * errorRate));
        }
        if (last.stream().allMatch(one -> Latency.millis(one.latencyMicros().p99()) > latencyMillis)) {
            return Optional.of(String.format(Locale.ROOT, "p99 was above %.0f ms for %d seconds", latencyMillis,
                    WINDOW));
        }
        return Optional.empty();
    }

    /// @param used in bytes
    /// @param limit in bytes
    public Optional<String> reason(String service, double used, double limit) {
        return limit > 0 && used > limit * memoryShare
                ? Optional.of(String.format(Locale.ROOT, "`%s` holds %.0f %% of its memory limit, and %.0f %% are the "
                        + "most", service, 100 * used / limit, 100 * memoryShare))
                : Optional.empty();
    }
}
