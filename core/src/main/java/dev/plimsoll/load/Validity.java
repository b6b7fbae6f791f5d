package dev.plimsoll.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether a measurement is about the server. It is not when the generator was late itself.
///
/// @param lagMicros how late requests were handed to a connection, or to the queue for one, after they were due
/// @param mostLagMicros what was allowed at the 99th percentile
/// @param handed share of the planned requests that the generator handed over
/// @param doubts what spoils the measurement, one sentence each
public record Validity(Latency lagMicros, long mostLagMicros, double handed, List<String> doubts) {
    /// A generator that is later than this share of the objective measures itself. Assumption: a tenth.
    private static final double LAG_SHARE = 0.1;
    /// Below one millisecond the kernel's timers decide, not the generator.
    private static final long LEAST_LAG_MICROS = 1000;
    private static final double LEAST_HANDED = 0.99;

    public Validity {
        doubts = List.copyOf(doubts);
    }

    /// @param objectiveMillis the p99 to be held, in milliseconds
    public static Validity of(Latency lag, double handed, double objectiveMillis) {
        var most = Math.max(LEAST_LAG_MICROS, Math.round(objectiveMillis * 1000 * LAG_SHARE));
        var doubts = new ArrayList<String>();
        if (lag.p99() > most) {
            doubts.add(
                    String.format(Locale.ROOT, "the generator, not the server, was the limit: it was %.1f ms late at "
                            + "p99, and %.1f ms are allowed", Latency.millis(lag.p99()), Latency.millis(most)));
        }
        if (handed < LEAST_HANDED) {
            doubts.add(String.format(Locale.ROOT, "the generator, not the server, was the limit: it started %.1f %% of "
                    + "the planned requests, and %.0f %% are needed", 100 * handed, 100 * LEAST_HANDED));
        }
        return new Validity(lag, most, handed, doubts);
    }

    /// The same with one more doubt.
    public Validity with(String doubt) {
        var more = new ArrayList<>(doubts);
        more.add(doubt);
        return new Validity(lagMicros, mostLagMicros, handed, more);
    }

    /// The same, in doubt when no request was due in the time that counts.
    ///
    /// @param counts of that time
    /// @param seconds its length
    public Validity measuring(Counts counts, double seconds) {
        return counts.planned() > 0
                ? this
                : with(String.format(Locale.ROOT, "nothing was measured: no request was due in the %.0f s that count, "
                        + "and a higher rate or a longer time is needed", seconds));
    }

    /// Whether the measurement counts.
    public boolean holds() {
        return doubts.isEmpty();
    }
}
