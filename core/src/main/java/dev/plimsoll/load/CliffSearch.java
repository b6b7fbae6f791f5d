package dev.plimsoll.load;

import dev.plimsoll.load.Cliff.Axis;
import dev.plimsoll.load.Cliff.Outcome;
import dev.plimsoll.load.Cliff.Purpose;
import dev.plimsoll.load.Cliff.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The search for the cliff: what to try next, given what was tried. Levels rise by a fixed factor until one fails,
/// the gap is halved on a scale of ratios, and the highest level that held is tried again for longer.
///
/// Of seven methods compared on simulated servers, this one was nearest to the truth on every kind.
///
/// @param from the first level
/// @param to the highest level that may be tried
/// @param budget for the whole search
/// @param step how long one level is tried
/// @param confirmation how long the result is tried
public record CliffSearch(Axis axis, double from, double to, List<Objective> objectives, Duration budget,
        Duration step, Duration confirmation) {
    private static final double FACTOR = 1.6;
    /// A bracket is narrow enough when its ends differ by this much.
    private static final double NARROW = 1.05;
    private static final int MOST_VOID = 2;
    private static final double LEAST_SHARE = 1.0 / 40;
    /// A level that keeps this far below the objective is tried for half the time.
    private static final double COMFORT = 0.25;

    public static final Duration BUDGET = Duration.ofSeconds(235);
    public static final Duration STEP = Duration.ofSeconds(10);
    public static final Duration CONFIRMATION = Duration.ofSeconds(20);
    /// Before each level: connections open, and what the level before left behind ends.
    public static final Duration SETTLING = Duration.ofSeconds(1);

    public CliffSearch {
        objectives = List.copyOf(objectives);
        if (!(from >= 1 && to >= from)) {
            throw new IllegalArgumentException("no search: from " + from + " to " + to);
        }
    }

    /// @param span without the settling
    public record Trial(double level, Purpose purpose, Duration span) {}

    /// What is known after some steps.
    ///
    /// @param holds the highest level that held and was not refuted
    /// @param fails the lowest level above it that failed
    record Bracket(Optional<Double> holds, Optional<Double> fails) {
        Bracket after(Step step, List<Step> before) {
            return switch (step.outcome()) {
                case VOID -> this;
                case HOLDS -> new Bracket(Optional.of(Math.max(step.level(), holds.orElse(0.0))),
                        fails.filter(high -> high > step.level()).or(() -> failedAbove(before, step.level())));
                case FAILS -> new Bracket(holds.filter(low -> low < step.level()).or(() -> heldBelow(before, step
                        .level())), Optional.of(Math.min(step.level(), fails.orElse(Double.MAX_VALUE))));
            };
        }

        private static Optional<Double> failedAbove(List<Step> steps, double level) {
            return steps.stream().filter(one -> one.outcome() == Outcome.FAILS && one.level() > level).map(Step::level)
                    .min(Double::compare);
        }

        private static Optional<Double> heldBelow(List<Step> steps, double level) {
            return steps.stream().filter(one -> one.outcome() == Outcome.HOLDS && one.level() < level).map(Step::level)
                    .max(Double::compare);
        }
    }

    static Bracket bracket(List<Step> steps) {
        var bracket = new Bracket(Optional.empty(), Optional.empty());
        for (var at = 0; at < steps.size(); at++) {
            bracket = bracket.after(steps.get(at), steps.subList(0, at));
        }
        return bracket;
    }

    /// What to try next; empty when the search is over.
    ///
    /// @param elapsed since the search began
    public Optional<Trial> next(List<Step> steps, Duration elapsed) {
        if (isBlocked(steps)) {
            return Optional.empty();
        }
        var bracket = bracket(steps);
        var left = budget.minus(elapsed).minus(SETTLING);
        if (bracket.holds().isEmpty()) {
            return first(bracket).map(level -> new Trial(level, Purpose.RAMP, step)).filter(trial -> fits(trial, left));
        }
        var holds = bracket.holds().get();
        if (isConfirmed(steps, holds)) {
            return Optional.empty();
        }
        if (bracket.fails().isEmpty() && holds < to) {
            return Optional.of(new Trial(rounded(Math.min(to, holds * FACTOR)), Purpose.RAMP, rampSpan(steps)))
                    .filter(trial -> fits(trial, left)).or(() -> confirm(holds, left));
        }
        if (bracket.fails().isPresent() && !isNarrow(holds, bracket.fails().get()) && enough(left, 2)) {
            return Optional.of(new Trial(middle(holds, bracket.fails().get(), steps), Purpose.BISECT, step));
        }
        return confirm(holds, left);
    }

    private Optional<Trial> confirm(double level, Duration left) {
        return Optional.of(new Trial(level, Purpose.CONFIRM, confirmation)).filter(trial -> fits(trial, left));
    }

    /// Whether there is time for another step and the confirmation.
    private boolean enough(Duration left, int settlings) {
        return left.compareTo(step.plus(confirmation).plus(SETTLING.multipliedBy(settlings))) >= 0;
    }

    private static boolean fits(Trial trial, Duration left) {
        return trial.span().compareTo(left) <= 0;
    }

    /// The level to begin with, or lower ones while nothing held.
    private Optional<Double> first(Bracket bracket) {
        if (bracket.fails().isEmpty()) {
            return Optional.of(rounded(from));
        }
        var lower = rounded(bracket.fails().get() / (FACTOR * FACTOR));
        return lower < bracket.fails().get() && lower >= Math.max(1, from * LEAST_SHARE)
                ? Optional.of(lower)
                : Optional.empty();
    }

    private Duration rampSpan(List<Step> steps) {
        var objective = objectives.stream().filter(one -> one.measure() == Objective.Measure.P99).mapToDouble(
                Objective::most).findFirst().orElse(0);
        var easy = Latency.millis(steps.getLast().latencyMicros().p99()) < objective * COMFORT;
        return easy ? step.dividedBy(2) : step;
    }

    /// After a confirmation that failed, narrow steps down until one holds; the middle otherwise.
    private double middle(double holds, double fails, List<Step> steps) {
        var refuted = steps.reversed().stream().takeWhile(one -> one.outcome() != Outcome.HOLDS).anyMatch(one -> one
                .purpose() == Purpose.CONFIRM);
        return rounded(refuted ? Math.max(holds, fails / NARROW) : Math.sqrt(holds * fails));
    }

    private boolean isNarrow(double holds, double fails) {
        return fails / holds <= NARROW || axis == Axis.CONNECTIONS && fails - holds <= 1;
    }

    private static boolean isConfirmed(List<Step> steps, double level) {
        return steps.stream().anyMatch(one -> one.purpose() == Purpose.CONFIRM && one.outcome() == Outcome.HOLDS
                && one.level() >= level);
    }

    /// Whether the generator could not produce a level, several times.
    private static boolean isBlocked(List<Step> steps) {
        var last = steps.reversed().stream().takeWhile(one -> one.outcome() == Outcome.VOID).count();
        return last >= MOST_VOID;
    }

    /// Connections are counted; rates have three digits.
    private double rounded(double level) {
        if (axis == Axis.CONNECTIONS || level >= 100) {
            return Math.max(1, Math.rint(level));
        }
        return Math.rint(level * 10) / 10;
    }

    /// The finding.
    ///
    /// @param stopped why the search was ended from outside
    public Cliff result(List<Step> steps, Optional<String> stopped) {
        var bracket = bracket(steps);
        var ending = ending(steps, bracket, stopped);
        return new Cliff(axis, ending, objectives, bracket.holds(), bracket.fails(), likely(bracket, steps), steps,
                CliffWords.how(this, ending, bracket, steps, stopped));
    }

    private Cliff.Ending ending(List<Step> steps, Bracket bracket, Optional<String> stopped) {
        if (stopped.isPresent()) {
            return Cliff.Ending.STOPPED;
        }
        if (isBlocked(steps)) {
            return Cliff.Ending.GENERATOR;
        }
        if (bracket.holds().isEmpty()) {
            return first(bracket).isEmpty() ? Cliff.Ending.FAILS_AT_ONCE : Cliff.Ending.OUT_OF_TIME;
        }
        var holds = bracket.holds().get();
        if (!isConfirmed(steps, holds)) {
            return Cliff.Ending.OUT_OF_TIME;
        }
        return bracket.fails().isEmpty()
                ? holds >= rounded(to) ? Cliff.Ending.NOT_REACHED : Cliff.Ending.OUT_OF_TIME
                : isNarrow(holds, bracket.fails().get()) ? Cliff.Ending.FOUND : Cliff.Ending.OUT_OF_TIME;
    }

    /// From the lowest level that ever failed to the highest that ever held, and at least the bracket.
    private static Optional<Cliff.Range> likely(Bracket bracket, List<Step> steps) {
        return bracket.holds().flatMap(holds -> bracket.fails().map(fails -> {
            var low = steps.stream().filter(one -> one.outcome() == Outcome.FAILS).mapToDouble(Step::level).min()
                    .orElse(holds);
            var high = steps.stream().filter(one -> one.outcome() == Outcome.HOLDS).mapToDouble(Step::level).max()
                    .orElse(fails);
            return new Cliff.Range(Math.min(holds, low), Math.max(fails, high));
        }));
    }
}
