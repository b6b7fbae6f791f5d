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
        PASSED, FAILED,
        /// Nothing is broken, and something could be better: the remedy says what, and what it would bring.
        ADVICE, NOT_RUN;

        /// As in reports: `not run`.
        public String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    static Check passed(String service, String what, String found, Observation... evidence) {
        return new Check(named(service), what, Verdict.PASSED, found, "", List.of(evidence));
    }

    static Check failed(String service, String what, String found, String remedy, Observation... evidence) {
        return new Check(named(service), what, Verdict.FAILED, found, remedy, List.of(evidence));
    }

    static Check advice(String service, String what, String found, String remedy, Observation... evidence) {
        return new Check(named(service), what, Verdict.ADVICE, found, remedy, List.of(evidence));
    }

    static Check notRun(String service, String what, String why) {
        return new Check(named(service), what, Verdict.NOT_RUN, why, "", List.of());
    }

    static Check notRun(String service, String what, String why, String remedy) {
        return new Check(named(service), what, Verdict.NOT_RUN, why, remedy, List.of());
    }

    private static Optional<String> named(String service) {
        return Optional.of(service).filter(name -> !name.isEmpty());
    }
}
