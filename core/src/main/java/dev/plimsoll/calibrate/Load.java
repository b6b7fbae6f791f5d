package dev.plimsoll.calibrate;

import dev.plimsoll.observe.CgroupProbe;
import dev.plimsoll.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much one container had to do between the first look and the last.
///
/// @param cores of CPU time per second between the looks; empty when it was seen once, or was restarted in between
record Load(Optional<Double> cores) {
    /// A service that answers no requests stays below this, be it for its own timers and health checks.
    private static final double LEAST_CORES = 0.05;

    /// @param states of one container, in the order of the looks
    static Load of(List<State> states) {
        var seconds = 0.0;
        var used = 0.0;
        for (var at = 1; at < states.size(); at++) {
            var before = states.get(at - 1);
            var cpu = states.get(at).number(CgroupProbe.CPU).flatMap(after -> cpuAfter(before).map(start -> after
                    - start));
            if (cpu.filter(more -> more >= 0).isEmpty()) {
                return new Load(Optional.empty());
            }
            used += cpu.get();
            seconds += Duration.between(end(before), states.get(at).when()).toMillis() / 1000.0;
        }
        return new Load(seconds > 0 ? Optional.of(used / seconds) : Optional.empty());
    }

    /// What a look costs the container is no load: asking a database starts a client in it.
    private static Optional<Double> cpuAfter(State look) {
        return look.number(CgroupProbe.CPU_AFTER).or(() -> look.number(CgroupProbe.CPU));
    }

    private static Instant end(State look) {
        return Optional.ofNullable(look.facts().get(CgroupProbe.CPU_AFTER)).map(Observation::when).orElse(look.when());
    }

    /// Why a peak would say nothing; empty when there was load.
    Optional<String> absence() {
        return cores.isEmpty()
                ? Optional.of("it takes two looks to see load")
                : cores.filter(used -> used < LEAST_CORES).map(used -> String.format(Locale.ROOT,
                        "no load: %.3f of a core, and %.2f is the least", used, LEAST_CORES));
    }
}
