package dev.plimsoll.report;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a JUnit document, an element a line, without the characters that XML 1.0 cannot hold.
final class JUnitXml {
    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /// What stands in a document.
    interface Body {
        void write(JUnitXml xml) throws XMLStreamException;
    }

    static String document(Body body) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            body.write(new JUnitXml(xml));
            xml.writeEndDocument();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
        return text.append('\n').toString();
    }

    /// Begins an element.
    ///
    /// @param depth how far it is indented
    /// @param namesAndValues its attributes
    void start(int depth, String name, String... namesAndValues) throws XMLStreamException {
        newLine(depth);
        xml.writeStartElement(name);
        for (var at = 0; at < namesAndValues.length; at += 2) {
            xml.writeAttribute(namesAndValues[at], legal(namesAndValues[at + 1]));
        }
    }

    /// Ends an element that has others in it.
    void end(int depth) throws XMLStreamException {
        newLine(depth);
        xml.writeEndElement();
    }

    /// An element with text and no others in it.
    void leaf(int depth, String name, String text, String... namesAndValues) throws XMLStreamException {
        start(depth, name, namesAndValues);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private void newLine(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "");
    }
}
