package dev.plimsoll.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where latency or errors depart.
///
/// @param objectives what a step had to keep to
/// @param holds the highest level that was confirmed; empty when none held
/// @param fails the lowest level above it that did not hold; empty when none was found
/// @param likely within which it lies when steps that contradict the bracket are believed as well; empty without a
/// bracket
/// @param steps in the order in which they ran
/// @param how the search and its end, in sentences
public record Cliff(Axis axis, Ending ending, List<Objective> objectives, Optional<Double> holds,
        Optional<Double> fails, Optional<Range> likely, List<Step> steps, String how) {
    public Cliff {
        objectives = List.copyOf(objectives);
        steps = List.copyOf(steps);
    }

    /// What is turned up.
    public enum Axis {
        RATE("requests/s"), CONNECTIONS("connections");

        private final String unit;

        Axis(String unit) {
            this.unit = unit;
        }

        public String unit() {
            return unit;
        }
    }

    /// How the search ended.
    public enum Ending {
        /// Between two levels.
        FOUND,
        /// The highest level allowed held.
        NOT_REACHED,
        /// Even the lowest level failed.
        FAILS_AT_ONCE,
        /// A stop condition protected the server, or the program was interrupted.
        STOPPED,
        /// The generator could not go higher.
        GENERATOR,
        /// The time was up before the bracket was narrow.
        OUT_OF_TIME
    }

    /// Both ends belong to it.
    public record Range(double low, double high) {}

    /// One level, tried for some time.
    ///
    /// @param level in the axis' unit
    /// @param startedAt seconds since the whole run's start
    /// @param throughput answers per second
    /// @param why what the verdict rests on
    public record Step(double level, Purpose purpose, double startedAt, Duration span, Counts counts,
            Latency latencyMicros, Validity validity, double throughput, Outcome outcome, String why) {}

    /// What a step is for.
    public enum Purpose {
        RAMP, BISECT, CONFIRM
    }

    /// How a step ended.
    public enum Outcome {
        HOLDS, FAILS,
        /// It says nothing about the server.
        VOID
    }

    /// Whether it says something about the server. It does not when no level held, or the generator was the limit.
    public boolean passed() {
        return shortcoming().isEmpty();
    }

    /// Why it fails the run, one phrase.
    public Optional<String> shortcoming() {
        if (ending == Ending.GENERATOR) {
            return Optional.of("the generator, not the server, was the limit");
        }
        return holds.isEmpty() ? Optional.of("no level held") : Optional.empty();
    }

    /// The middle of the bracket, on a scale of ratios.
    public Optional<Double> estimate() {
        return holds.flatMap(low -> fails.map(high -> Math.sqrt(low * high)));
    }
}
