package dev.plimsoll.load;

import java.util.Optional;

/// The most that something may be.
///
/// @param most in the measure's unit
public record Objective(Measure measure, double most) {
    /// What is held to an objective.
    public enum Measure {
        P50("ms"), P95("ms"), P99("ms"), ERROR_RATE("share"),
        /// Time after a spike until latency and errors are again as they were before.
        RECOVERY("s");

        private final String unit;

        Measure(String unit) {
            this.unit = unit;
        }

        public String unit() {
            return unit;
        }
    }

    /// How an objective ended.
    public enum Verdict {
        PASSED, FAILED, NOT_RUN
    }

    /// An objective and what was found.
    ///
    /// @param found in the measure's unit; empty when it could not be measured, or did not happen
    /// @param why what the verdict rests on, one sentence
    public record Judged(Objective objective, Optional<Double> found, Verdict verdict, String why) {}

    public Judged judge(double found) {
        return new Judged(this, Optional.of(found), found <= most ? Verdict.PASSED : Verdict.FAILED, found <= most
                ? "within the objective"
                : "above the objective");
    }

    public Judged notRun(String why) {
        return new Judged(this, Optional.empty(), Verdict.NOT_RUN, why);
    }

    public Judged failed(String why) {
        return new Judged(this, Optional.empty(), Verdict.FAILED, why);
    }
}
