package dev.plimsoll.report;

import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Check.Verdict;
import dev.plimsoll.verify.Result;
import dev.plimsoll.verify.Verification;
import javax.xml.stream.XMLStreamException;

/// A verification as JUnit XML: a suite for each scenario, a case for each check. Advice passes, with its text as
/// output.
public final class VerifyJUnit {
    private final Verification verification;
    private final JUnitXml xml;

    private VerifyJUnit(Verification verification, JUnitXml xml) {
        this.verification = verification;
        this.xml = xml;
    }

    public static String of(Verification verification) {
        return JUnitXml.document(xml -> new VerifyJUnit(verification, xml).write());
    }

    private void write() throws XMLStreamException {
        xml.start(0, "testsuites", "name", "plimsoll verify " + verification.lock().project(), "tests", ""
                + verification.results().stream().mapToInt(result -> result.checks().size()).sum(), "failures",
                ""
                        + verification.count(Verdict.FAILED),
                "errors", "0", "time", "0");
        for (var result : verification.results()) {
            suite(result);
        }
        xml.end(0);
    }

    private void suite(Result result) throws XMLStreamException {
        xml.start(1, "testsuite", "name", result.id(), "tests", "" + result.checks().size(), "failures", "" + result
                .count(Verdict.FAILED), "errors", "0", "skipped", "" + result.count(Verdict.NOT_RUN), "time", "0",
                "timestamp", verification.when().toString());
        for (var check : result.checks()) {
            xml.start(2, "testcase", "name", check.service().map(name -> name + ": ").orElse("") + check.what(),
                    "classname", "plimsoll.verify." + result.id(), "time", "0");
            outcome(check);
            xml.end(2);
        }
        xml.end(1);
    }

    private void outcome(Check check) throws XMLStreamException {
        var text = check.found() + "\n  fix: " + check.remedy();
        switch (check.verdict()) {
            case PASSED -> {
            }
            case FAILED -> xml.leaf(3, "failure", text, "message", check.found(), "type", "check");
            case NOT_RUN -> xml.leaf(3, "skipped", "", "message", check.found());
            case ADVICE -> xml.leaf(3, "system-out", text);
        }
    }
}
