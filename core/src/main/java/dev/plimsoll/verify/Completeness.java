package dev.plimsoll.verify;

import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observations.Unobserved;
import dev.plimsoll.verify.Check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How much of the report rests on observations, and what could not be observed.
final class Completeness implements Scenario {
    @Override
    public String id() {
        return "report";
    }

    @Override
    public String title() {
        return "Completeness of this report";
    }

    @Override
    public List<Check> checks(Look look) {
        var facts = look.seen().facts();
        var gaps = look.seen().gaps();
        var checks = new ArrayList<Check>();
        checks.add(facts.isEmpty()
                ? Check.failed("", "the stack was observed", "there is no observation at all", "Start the stack, and "
                        + "run this where its engine answers")
                : Check.passed("", "the stack was observed", facts.size() + " observations of " + facts.stream()
                        .flatMap(fact -> fact.service().stream()).distinct().count() + " services"));
        checks.add(gaps.isEmpty()
                ? Check.passed("", "every question was answered", "no gaps")
                : Check.advice("", "every question was answered",
                        gaps.size() + (gaps.size() == 1 ? " gap: " : " gaps: ") + gaps.stream()
                                .map(Completeness::words).distinct().limit(6).collect(Collectors.joining("; ")),
                        "What rests on them is not run, and says so", new Observation[0]));
        var leftOut = look.lock().leftOut();
        if (!leftOut.isEmpty()) {
            checks.add(Check.notRun("", "every service was looked at", String.join(", ", leftOut) + (leftOut.size() == 1
                    ? " does not run here"
                    : " do not run here")));
        }
        var notRun = look.before().stream().filter(result -> result.verdict() == Verdict.NOT_RUN).map(Result::id)
                .toList();
        checks.add(notRun.isEmpty()
                ? Check.passed("", "every scenario was run", look.before().size() + " run")
                : Check.notRun("", "every scenario was run", "not run: " + String.join(", ", notRun)));
        return checks;
    }

    private static String words(Unobserved gap) {
        return gap.service().map(name -> name + " ").orElse("") + gap.what() + " (" + gap.why() + ")";
    }
}
