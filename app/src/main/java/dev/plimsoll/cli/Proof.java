package dev.plimsoll.cli;

import dev.plimsoll.cli.Journey.Outcome;
import dev.plimsoll.cli.Journey.Step;
import dev.plimsoll.evidence.Criterion;
import dev.plimsoll.evidence.Readiness;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.run.AtEnd;
import dev.plimsoll.store.EvidenceStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Proves a rendered stack: brings it up, looks, loads it, looks again, reports, and takes it down.
///
/// @param rendered the rendered directory
/// @param natively as processes instead of containers
/// @param load words for `stress` that say what to send; none leaves the load out
/// @param quick shorter profiles, and neither the long one nor the search for the cliff
/// @param ownProfiles whether what is sent names profiles of its own, all of which are run
/// @param keep leave the stack running
/// @param keepData whether there was data of an earlier start, which stays when the stack is taken down
record Proof(Path rendered, boolean natively, List<String> load, boolean quick, boolean ownProfiles, boolean keep,
        boolean keepData) {
    Proof {
        load = List.copyOf(load);
    }

    private String directory() {
        return rendered.toString();
    }

    Step up() {
        return Step.of("Bring the stack up", "up", directory(), natively ? "--native" : "--docker").telling(" is up");
    }

    /// What is shown of the running stack, in order.
    List<Step> steps() {
        var steps = new ArrayList<Step>();
        steps.add(Step.of("Look at it at rest", "verify", directory()));
        if (!load.isEmpty()) {
            steps.add(quick
                    ? new Step("Put load on it, briefly", ownProfiles
                            ? stress("--quick")
                            : stress("--profile=normal,peak,spike", "--quick"), "")
                    : new Step("Put load on it", stress(), ""));
            if (!quick) {
                steps.add(new Step("Look for its cliff", stress("--find-cliff"), ""));
            }
            steps.add(Step.of("Look at it after the load", "verify", directory()));
        }
        return steps;
    }

    private List<String> stress(String... what) {
        var words = new ArrayList<>(List.of("stress"));
        words.addAll(load);
        words.add("--stack=" + directory());
        words.addAll(List.of(what));
        return words;
    }

    List<Step> reports() {
        return List.of(report("html", List.of()), report("markdown", List.of("--summary")));
    }

    private Step report(String format, List<String> more) {
        var words = new ArrayList<>(List.of("report", directory(), "--format=" + format, "--output=" + file(format)));
        words.addAll(more);
        return new Step("Write the " + (more.isEmpty() ? "report" : "summary"), words, "");
    }

    Path file(String format) {
        return rendered.resolve(format.equals("html") ? "report.html" : "summary.md");
    }

    Step down() {
        return keepData
                ? Step.of("Take it down", "down", directory(), "--keep-data")
                : Step.of("Take it down", "down", directory());
    }

    /// Runs all of it. What was brought up is taken down in the end, and when the program is interrupted, after which
    /// no further step is begun.
    ///
    /// @param first number of the first step
    /// @param of number of all steps
    /// @param up how bringing it up ended
    List<Outcome> run(Journey journey, int first, int of, Outcome up) {
        var outcomes = new ArrayList<>(List.of(up));
        if (up.code() != ExitCode.FINE) {
            return outcomes;
        }
        try (var takingDown = new AtEnd(() -> journey.runner().run(journey.terminal(), down().words().toArray(
                String[]::new)))) {
            if (keep) {
                takingDown.skip();
            }
            outcomes.addAll(journey.run(steps(), first, of, takingDown::isInterrupted));
            outcomes.addAll(journey.run(reports(), first + steps().size(), of, takingDown::isInterrupted));
        }
        return outcomes;
    }

    /// What the evidence shows, in a sentence.
    String verdict() {
        var readiness = Readiness.of(EvidenceStore.of(rendered.resolve(".plimsoll"), rendered.resolve(Lock.FILE_NAME))
                .read());
        return String.format(Locale.ROOT,
                "Readiness: %s.\nOf 100 points %.1f were shown, %.1f failed, %.1f were not run.",
                readiness.words(), readiness.points(Criterion.Outcome.PASSED), readiness.points(
                        Criterion.Outcome.FAILED),
                readiness.points(Criterion.Outcome.NOT_RUN));
    }

    /// Steps of all of it, taking down not counted.
    int count() {
        return 1 + steps().size() + reports().size();
    }

    /// What failed, for the last lines of a journey; empty when nothing did.
    static Optional<String> failure(List<Outcome> outcomes) {
        return outcomes.stream().filter(outcome -> !outcome.ran()).findFirst()
                .map(outcome -> "`" + outcome.step().line() + "` could not do its work");
    }
}
