package dev.plimsoll.report;

import dev.plimsoll.audit.Family;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/// Findings as JUnit XML: a suite for each family, a case for each rule, which fails when the rule found something.
public final class JUnitReport {
    private final Audited audited;
    private final JUnitXml xml;

    private JUnitReport(Audited audited, JUnitXml xml) {
        this.audited = audited;
        this.xml = xml;
    }

    public static String of(Audited audited) {
        return JUnitXml.document(xml -> new JUnitReport(audited, xml).write());
    }

    private void write() throws XMLStreamException {
        var rules = audited.result().rules();
        xml.start(0, "testsuites", "name", "plimsoll audit " + audited.stack().name(), "tests", "" + rules.size(),
                "failures", "" + failures(rules), "errors", "0", "time", "0");
        for (var family : Family.values()) {
            var members = rules.stream().filter(rule -> rule.family() == family).toList();
            if (!members.isEmpty()) {
                suite(family, members);
            }
        }
        xml.end(0);
    }

    private void suite(Family family, List<Rule.About> rules) throws XMLStreamException {
        xml.start(1, "testsuite", "name", family.word(), "tests", "" + rules.size(), "failures", "" + failures(rules),
                "errors", "0",
                "skipped", "0", "time", "0");
        for (var rule : rules) {
            xml.start(2, "testcase", "name", rule.id() + " " + rule.name(), "classname", "plimsoll." + family.word(),
                    "time", "0");
            var findings = findings(rule);
            if (!findings.isEmpty()) {
                failure(rule, findings);
            }
            xml.end(2);
        }
        xml.end(1);
    }

    private void failure(Rule.About rule, List<Finding> findings) throws XMLStreamException {
        xml.leaf(3, "failure", findings.stream().map(finding -> finding.where() + ": " + finding.severity().word()
                + ": " + finding.message() + "\n  fix: " + finding.fix()).collect(Collectors.joining("\n")), "message",
                findings.size() == 1
                        ? findings.getFirst().message()
                        : rule.what() + " (" + findings.size() + " findings)",
                "type", findings.getFirst().severity().word());
    }

    private long failures(List<Rule.About> rules) {
        return rules.stream().filter(rule -> !findings(rule).isEmpty()).count();
    }

    private List<Finding> findings(Rule.About rule) {
        return audited.result().findings().stream().filter(finding -> finding.rule().equals(rule.id())).toList();
    }
}
