package dev.plimsoll.report;

import dev.plimsoll.audit.Family;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Findings as JUnit XML: a suite for each family, a case for each rule, which fails when the rule found something.
public final class JUnitReport {
    private final Audited audited;
    private final XMLStreamWriter xml;

    private JUnitReport(Audited audited, XMLStreamWriter xml) {
        this.audited = audited;
        this.xml = xml;
    }

    public static String of(Audited audited) {
        var text = new StringWriter();
        try {
            new JUnitReport(audited, XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)).write();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
        return text.append('\n').toString();
    }

    private void write() throws XMLStreamException {
        var rules = audited.result().rules();
        xml.writeStartDocument("UTF-8", "1.0");
        start(0, "testsuites");
        attributes("name", "plimsoll audit " + audited.stack().name());
        attributes("tests", "" + rules.size(), "failures", "" + failures(rules), "errors", "0", "time", "0");
        for (var family : Family.values()) {
            var members = rules.stream().filter(rule -> rule.family() == family).toList();
            if (!members.isEmpty()) {
                suite(family, members);
            }
        }
        end(0);
        xml.writeEndDocument();
    }

    private void suite(Family family, List<Rule.About> rules) throws XMLStreamException {
        start(1, "testsuite");
        attributes("name", family.word(), "tests", "" + rules.size(), "failures", "" + failures(rules), "errors", "0",
                "skipped", "0", "time", "0");
        for (var rule : rules) {
            start(2, "testcase");
            attributes("name", rule.id() + " " + rule.name(), "classname", "plimsoll." + family.word(), "time", "0");
            var findings = findings(rule);
            if (!findings.isEmpty()) {
                failure(rule, findings);
            }
            end(2);
        }
        end(1);
    }

    private void failure(Rule.About rule, List<Finding> findings) throws XMLStreamException {
        start(3, "failure");
        attributes("message", findings.size() == 1
                ? findings.getFirst().message()
                : rule.what() + " ("
                        + findings.size() + " findings)",
                "type", findings.getFirst().severity().word());
        xml.writeCharacters(legal(findings.stream().map(finding -> finding.where() + ": " + finding.severity().word()
                + ": " + finding.message() + "\n  fix: " + finding.fix()).collect(Collectors.joining("\n"))));
        xml.writeEndElement();
    }

    private long failures(List<Rule.About> rules) {
        return rules.stream().filter(rule -> !findings(rule).isEmpty()).count();
    }

    private List<Finding> findings(Rule.About rule) {
        return audited.result().findings().stream().filter(finding -> finding.rule().equals(rule.id())).toList();
    }

    private void start(int depth, String name) throws XMLStreamException {
        newLine(depth);
        xml.writeStartElement(name);
    }

    private void end(int depth) throws XMLStreamException {
        newLine(depth);
        xml.writeEndElement();
    }

    private void newLine(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (var at = 0; at < namesAndValues.length; at += 2) {
            xml.writeAttribute(namesAndValues[at], legal(namesAndValues[at + 1]));
        }
    }

    /// The text without what XML 1.0 cannot hold.
    static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "");
    }
}
