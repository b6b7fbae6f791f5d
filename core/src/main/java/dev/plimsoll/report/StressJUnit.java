package dev.plimsoll.report;

import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.Objective.Verdict;
import dev.plimsoll.load.ProfileRun;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A load run as JUnit XML: a suite for each profile, a case for each objective and one for the measurement itself; a
/// suite for the cliffs.
public final class StressJUnit {
    private final LoadRun run;
    private final XMLStreamWriter xml;

    private StressJUnit(LoadRun run, XMLStreamWriter xml) {
        this.run = run;
        this.xml = xml;
    }

    public static String of(LoadRun run) {
        var text = new StringWriter();
        try {
            new StressJUnit(run, XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)).write();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
        return text.append('\n').toString();
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        var failures = run.profiles().stream().mapToLong(StressJUnit::failures).sum() + run.cliffs().stream().filter(
                StressJUnit::isFailure).count();
        start(0, "testsuites", "name", "plimsoll stress " + run.target().url(), "tests", "" + (run.profiles().stream()
                .mapToLong(profile -> profile.verdicts().size() + 1).sum() + run.cliffs().size()), "failures", ""
                        + failures,
                "errors", "0");
        for (var profile : run.profiles()) {
            suite(profile);
        }
        if (!run.cliffs().isEmpty()) {
            start(1, "testsuite", "name", "cliff", "tests", "" + run.cliffs().size(), "failures", "" + run.cliffs()
                    .stream().filter(StressJUnit::isFailure).count(), "errors", "0", "skipped", "0");
            for (var cliff : run.cliffs()) {
                start(2, "testcase", "name", "cliff of " + cliff.axis().unit(), "classname", "plimsoll.stress.cliff");
                text(isFailure(cliff) ? "failure" : "system-out", StressText.headline(cliff) + " " + cliff.how());
                end(2);
            }
            end(1);
        }
        end(0);
        xml.writeEndDocument();
    }

    private static boolean isFailure(Cliff cliff) {
        return cliff.ending() == Cliff.Ending.FAILS_AT_ONCE;
    }

    private static long failures(ProfileRun run) {
        return run.verdicts().stream().filter(one -> one.verdict() == Verdict.FAILED).count() + (isSound(run) ? 0 : 1);
    }

    private static boolean isSound(ProfileRun run) {
        return run.validity().holds() && run.stopped().isEmpty();
    }

    private void suite(ProfileRun profile) throws XMLStreamException {
        var name = profile.profile().name();
        start(1, "testsuite", "name", name, "tests", "" + (profile.verdicts().size() + 1), "failures", "" + failures(
                profile), "errors", "0", "skipped",
                "" + profile.verdicts().stream().filter(one -> one.verdict() == Verdict.NOT_RUN).count());
        for (var one : profile.verdicts()) {
            start(2, "testcase", "name", one.objective().measure().name().toLowerCase(java.util.Locale.ROOT)
                    + " of at most " + StressText.amount(one.objective().measure(), one.objective().most()),
                    "classname", "plimsoll.stress." + name);
            switch (one.verdict()) {
                case PASSED -> {
                }
                case FAILED -> text("failure", StressText.judged(one));
                case NOT_RUN -> text("skipped", one.why());
            }
            end(2);
        }
        start(2, "testcase", "name", "runs to its end and measures the server", "classname", "plimsoll.stress." + name);
        if (!isSound(profile)) {
            text("failure", profile.stopped().map(why -> "stopped early: " + why).orElseGet(() -> String.join("; ",
                    profile.validity().doubts())));
        }
        end(2);
        end(1);
    }

    private void text(String element, String words) throws XMLStreamException {
        xml.writeCharacters("\n      ");
        xml.writeStartElement(element);
        if (!element.equals("system-out")) {
            xml.writeAttribute("message", JUnitReport.legal(words));
        } else {
            xml.writeCharacters(JUnitReport.legal(words));
        }
        xml.writeEndElement();
    }

    private void start(int depth, String name, String... namesAndValues) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeStartElement(name);
        for (var at = 0; at < namesAndValues.length; at += 2) {
            xml.writeAttribute(namesAndValues[at], JUnitReport.legal(namesAndValues[at + 1]));
        }
    }

    private void end(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeEndElement();
    }
}
