package dev.plimsoll.calibrate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much one container had to do between the first look and the last.
///
/// @param cores of CPU time per second; empty when it was seen once, or was restarted in between
record Load(Optional<Double> cores) {
    /// A service that answers no requests stays below this, be it for its own timers and health checks.
    private static final double LEAST_CORES = 0.05;

    /// @param states of one container, in the order of the looks
    static Load of(List<State> states) {
        if (states.size() < 2) {
            return new Load(Optional.empty());
        }
        var first = states.getFirst();
        var last = states.getLast();
        var seconds = Duration.between(first.when(), last.when()).toMillis() / 1000.0;
        return new Load(first.number("cpu.seconds").flatMap(before -> last.number("cpu.seconds")
                .map(after -> after - before)).filter(used -> used >= 0 && seconds > 0).map(used -> used / seconds));
    }

    /// Why a peak would say nothing; empty when there was load.
    Optional<String> absence() {
        return cores.isEmpty()
                ? Optional.of("it takes two looks to see load")
                : cores.filter(used -> used < LEAST_CORES).map(used -> String.format(Locale.ROOT,
                        "no load: %.3f of a core, and %.2f is the least", used, LEAST_CORES));
    }
}
