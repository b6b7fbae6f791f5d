package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JUnitReportTest {
    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml))).getDocumentElement();
    }

    private static List<Element> all(Element root, String name) {
        var nodes = root.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (var at = 0; at < nodes.getLength(); at++) {
            elements.add((Element) nodes.item(at));
        }
        return elements;
    }

    @Test
    void hasASuiteForEachFamilyAndACaseForEachRule() throws Exception {
        var root = parse(JUnitReport.of(Samples.rich()));
        assertThat(root.getAttribute("tests")).isEqualTo("4");
        assertThat(root.getAttribute("failures")).isEqualTo("4");
        assertThat(all(root, "testsuite")).extracting(suite -> suite.getAttribute("name")).containsExactly("memory",
                "security", "database");
        assertThat(all(root, "testcase")).extracting(test -> test.getAttribute("name")).containsExactly(
                "MEM001 missing-memory-limit", "MEM002 cache-fills-container", "SEC001 published-database",
                "DBT001 more-connections-than-server");
        assertThat(all(root, "failure")).hasSize(4);
    }

    @Test
    void leavesOutWhatXmlCannotHold() throws Exception {
        assertThat(all(parse(JUnitReport.of(Samples.rich())), "failure").getLast().getTextContent())
                .contains("<pool>", "end").doesNotContain("\u0007");
    }

    @Test
    void cleanStackFailsNothing() throws Exception {
        var root = parse(JUnitReport.of(Samples.clean()));
        assertThat(root.getAttribute("failures")).isEqualTo("0");
        assertThat(all(root, "testcase")).hasSize(4);
        assertThat(all(root, "failure")).isEmpty();
    }
}
