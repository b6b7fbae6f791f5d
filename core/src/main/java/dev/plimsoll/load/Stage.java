package dev.plimsoll.load;

import java.time.Duration;

/// Some time at one arrival rate, or at a rate that changes evenly.
///
/// @param from requests per second at its start
/// @param to requests per second at its end
public record Stage(Phase phase, double from, double to, Duration span) {
    /// What the time counts for.
    public enum Phase {
        /// Thrown away: connections open, code is compiled, caches fill.
        WARM_UP,
        /// The level before a spike, which recovery is held against.
        BASE,
        /// What totals and objectives are about.
        MEASURED,
        /// The level after a spike.
        RECOVERY
    }

    /// The highest rate, in requests per second: sixteen times what one core of a generator reaches.
    private static final double MOST = 1_000_000;

    public Stage {
        if (!(from >= 0 && to >= 0 && from <= MOST && to <= MOST) || span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException("no stage: " + from + " to " + to + " in " + span);
        }
    }

    public static Stage constant(Phase phase, double rate, Duration span) {
        return new Stage(phase, rate, rate, span);
    }

    public double seconds() {
        return span.toNanos() / 1e9;
    }

    /// Requests per second after `seconds` of this stage.
    public double rateAt(double seconds) {
        return from + (to - from) * Math.clamp(seconds / seconds(), 0, 1);
    }

    /// Requests due in its first `seconds`.
    public double dueWithin(double seconds) {
        var bounded = Math.clamp(seconds, 0, seconds());
        return bounded * (from + rateAt(bounded)) / 2;
    }

    /// Seconds from its start until `index` requests have been due before.
    public double dueAt(double index) {
        var slope = (to - from) / seconds();
        if (Math.abs(slope) < 1e-12) {
            return index == 0 ? 0 : index / from;
        }
        if (index == 0) {
            return 0;
        }
        var root = Math.sqrt(Math.max(0, from * from + 2 * slope * index));
        return 2 * index / (from + root);
    }
}
