package dev.plimsoll.report;

import dev.plimsoll.load.Inside;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.Objective.Verdict;
import dev.plimsoll.load.ProfileRun;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/// A load run as JUnit XML: a suite for each profile, a case for each objective and one for the measurement itself; a
/// suite for the cliffs.
public final class StressJUnit {
    private final LoadRun run;
    private final JUnitXml xml;

    private StressJUnit(LoadRun run, JUnitXml xml) {
        this.run = run;
        this.xml = xml;
    }

    public static String of(LoadRun run) {
        return JUnitXml.document(xml -> new StressJUnit(run, xml).write());
    }

    private void write() throws XMLStreamException {
        var lost = run.failingLosses();
        var looked = run.cliffs().isEmpty() && run.inside().all(Inside.RUNNING).findAny().isPresent();
        var failures = run.profiles().stream().mapToLong(StressJUnit::failures).sum() + failedCliffs()
                + (lost.isEmpty() ? 0 : 1);
        var tests = run.profiles().stream().mapToLong(profile -> profile.verdicts().size() + 1).sum() + run.cliffs()
                .size() + (looked ? 1 : 0);
        xml.start(0, "testsuites", "name", "plimsoll stress " + run.target().url(), "tests", "" + tests, "failures", ""
                + failures, "errors", "0");
        for (var profile : run.profiles()) {
            suite(profile);
        }
        if (!run.cliffs().isEmpty()) {
            xml.start(1, "testsuite", "name", "cliff", "tests", "" + run.cliffs().size(), "failures",
                    "" + failedCliffs(), "errors", "0", "skipped", "0");
            for (var cliff : run.cliffs()) {
                xml.start(2, "testcase", "name", "cliff of " + cliff.axis().unit(), "classname",
                        "plimsoll.stress.cliff");
                text(cliff.passed() ? "system-out" : "failure", StressText.headline(cliff) + " " + cliff.how());
                xml.end(2);
            }
            xml.end(1);
        }
        if (looked) {
            stack(lost);
        }
        xml.end(0);
    }

    private long failedCliffs() {
        return run.cliffs().stream().filter(cliff -> !cliff.passed()).count();
    }

    private void stack(List<String> lost) throws XMLStreamException {
        xml.start(1, "testsuite", "name", "stack", "tests", "1", "failures", lost.isEmpty() ? "0" : "1", "errors", "0",
                "skipped", "0");
        xml.start(2, "testcase", "name", "keeps every container", "classname", "plimsoll.stress.stack");
        if (!lost.isEmpty()) {
            text("failure", String.join("; ", lost));
        }
        xml.end(2);
        xml.end(1);
    }

    private static long failures(ProfileRun run) {
        return run.verdicts().stream().filter(one -> one.verdict() == Verdict.FAILED).count() + (isSound(run) ? 0 : 1);
    }

    private static boolean isSound(ProfileRun run) {
        return run.validity().holds() && run.stopped().isEmpty();
    }

    private void suite(ProfileRun profile) throws XMLStreamException {
        var name = profile.profile().name();
        xml.start(1, "testsuite", "name", name, "tests", "" + (profile.verdicts().size() + 1), "failures",
                "" + failures(
                        profile),
                "errors", "0", "skipped",
                "" + profile.verdicts().stream().filter(one -> one.verdict() == Verdict.NOT_RUN).count());
        for (var one : profile.verdicts()) {
            xml.start(2, "testcase", "name", one.objective().measure().name().toLowerCase(Locale.ROOT)
                    + " of at most " + StressText.amount(one.objective().measure(), one.objective().most()),
                    "classname", "plimsoll.stress." + name);
            switch (one.verdict()) {
                case PASSED -> {
                }
                case FAILED -> text("failure", StressText.judged(one));
                case NOT_RUN -> text("skipped", one.why());
            }
            xml.end(2);
        }
        xml.start(2, "testcase", "name", "runs to its end and measures the server", "classname",
                "plimsoll.stress." + name);
        if (!isSound(profile)) {
            text("failure", profile.stopped().map(why -> "stopped early: " + why).orElseGet(() -> String.join("; ",
                    profile.validity().doubts())));
        }
        var redirects = StressText.redirects(profile);
        if (redirects.isPresent()) {
            text("system-out", redirects.get());
        }
        xml.end(2);
        xml.end(1);
    }

    private void text(String element, String words) throws XMLStreamException {
        if (element.equals("system-out")) {
            xml.leaf(3, element, words);
        } else {
            xml.leaf(3, element, "", "message", words);
        }
    }
}
