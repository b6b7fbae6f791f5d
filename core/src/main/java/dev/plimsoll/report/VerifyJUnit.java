package dev.plimsoll.report;

import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Check.Verdict;
import dev.plimsoll.verify.Result;
import dev.plimsoll.verify.Verification;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A verification as JUnit XML: a suite for each scenario, a case for each check. Advice passes, with its text as
/// output.
public final class VerifyJUnit {
    private final Verification verification;
    private final XMLStreamWriter xml;

    private VerifyJUnit(Verification verification, XMLStreamWriter xml) {
        this.verification = verification;
        this.xml = xml;
    }

    public static String of(Verification verification) {
        var text = new StringWriter();
        try {
            new VerifyJUnit(verification, XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)).write();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
        return text.append('\n').toString();
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start(0, "testsuites", "name", "plimsoll verify " + verification.lock().project(), "tests", "" + verification
                .results().stream().mapToInt(result -> result.checks().size()).sum(), "failures", ""
                        + verification
                                .count(Verdict.FAILED),
                "errors", "0", "time", "0");
        for (var result : verification.results()) {
            suite(result);
        }
        end(0);
        xml.writeEndDocument();
    }

    private void suite(Result result) throws XMLStreamException {
        start(1, "testsuite", "name", result.id(), "tests", "" + result.checks().size(), "failures", "" + result.count(
                Verdict.FAILED), "errors", "0", "skipped", "" + result.count(Verdict.NOT_RUN), "time", "0",
                "timestamp", verification.when().toString());
        for (var check : result.checks()) {
            start(2, "testcase", "name", check.service().map(name -> name + ": ").orElse("") + check.what(),
                    "classname", "plimsoll.verify." + result.id(), "time", "0");
            outcome(check);
            end(2);
        }
        end(1);
    }

    private void outcome(Check check) throws XMLStreamException {
        switch (check.verdict()) {
            case PASSED -> {
            }
            case FAILED -> {
                start(3, "failure", "message", check.found(), "type", "check");
                xml.writeCharacters(JUnitReport.legal(check.found() + "\n  fix: " + check.remedy()));
                xml.writeEndElement();
            }
            case NOT_RUN -> {
                start(3, "skipped", "message", check.found());
                xml.writeEndElement();
            }
            case ADVICE -> {
                start(3, "system-out");
                xml.writeCharacters(JUnitReport.legal(check.found() + "\n  fix: " + check.remedy()));
                xml.writeEndElement();
            }
        }
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
