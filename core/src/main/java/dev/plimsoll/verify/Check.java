package dev.plimsoll.verify;

import dev.plimsoll.observe.Observation;
import java.util.List;
import java.util.Optional;

/// One expectation and what became of it.
///
/// @param service empty when it is about the whole stack
/// @param what the expectation, as a short sentence that is true when it passes: `stays below its limit`
/// @param found what was found, with numbers; why not, when it was not run
/// @param remedy what to do; empty when it passed
/// @param evidence the observations it used
public record Check(Optional<String> service, String what, Verdict verdict, String found, String remedy,
        List<Observation> evidence) {
    public Check {
        evidence = List.copyOf(evidence);
    }

    /// What became of an expectation.
    public enum Verdict {
        PASSED, FAILED, NOT_RUN
    }
}
