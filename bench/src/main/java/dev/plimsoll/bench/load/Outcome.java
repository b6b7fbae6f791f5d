package dev.plimsoll.bench.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What one load on one server came to.
///
/// @param perSecond transactions
/// @param p95 in ms
/// @param build the time of an index build, where one was asked for and came to its end
/// @param breaks how often all clients lost the server
/// @param peak what it held at most, page cache apart
record Outcome(double perSecond, double p95, Optional<Duration> build, boolean refused, int breaks, long oomKills,
        Held peak) {
    static Outcome of(Clients.Sent sent, Optional<Duration> build, long oomKills, Held peak) {
        return new Outcome(sent.transactions().perSecond(), sent.transactions().p95(), build, sent.refused(), sent
                .breaks(), oomKills, peak);
    }

    /// For the log of the run.
    @Override
    public String toString() {
        return refused
                ? "refused: too many clients"
                : String.format(Locale.ROOT,
                        "%8.1f tps, p95 %7.1f ms, peak %s (%s private, %s shared, %s kernel), "
                                + "%d OOM kills, %d breaks%s",
                        perSecond, p95, peak.total(), peak.anonymous(), peak.shared(), peak.kernel(), oomKills, breaks,
                        build.map(time -> ", build " + time.toMillis() + " ms").orElse(""));
    }
}
