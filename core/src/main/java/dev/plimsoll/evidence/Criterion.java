package dev.plimsoll.evidence;

/// One thing that readiness asks for, and what the evidence says of it.
///
/// @param what a short sentence that is true when it passes
/// @param found what was found, with numbers; why not, when it was not run
/// @param evidence the file it rests on; empty when there is none
public record Criterion(String what, Outcome outcome, String found, String evidence) {
    /// What the evidence says.
    public enum Outcome {
        PASSED, FAILED, NOT_RUN;

        /// As in reports: `not run`.
        public String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    static Criterion of(boolean passed, String what, String found, String evidence) {
        return new Criterion(what, passed ? Outcome.PASSED : Outcome.FAILED, found, evidence);
    }

    static Criterion notRun(String what, String why) {
        return new Criterion(what, Outcome.NOT_RUN, why, "");
    }
}
