package dev.plimsoll.sample.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class EpubTest {
    private static final int LONGEST = 100_000;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private void file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void book(String manifest, String spine) {
        file("META-INF/container.xml",
                "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>");
        file("book.opf", "<package><manifest>" + manifest + "</manifest><spine>" + spine + "</spine></package>");
    }

    private List<String> read() throws IOException, UnreadableException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return Extraction.paragraphs(Format.EPUB, bytes.toByteArray(), LONGEST);
    }

    @Test
    void aPageOfXhtmlIsReadWhole() throws IOException, UnreadableException {
        book("<item id='a' href='a.xhtml'/>", "<itemref idref='a'/>");
        file("a.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x.js'/></head><body>"
                + "<div>The lamp<script src='y.js'/> burns&#160;oil &amp; wax&mdash;always.</div><p/>Every night"
                + "<a id='here'/>.<![CDATA[ Or <so>.]]></body></html>");
        assertThat(read()).containsExactly("The lamp burns oil & wax—always.", "Every night. Or <so>.");
    }

    @Test
    void aPageIsNamedOnce() {
        book("<item id='a' href='a.xhtml'/>", "<itemref idref='a'/>".repeat(3));
        file("a.xhtml", "<html><body>" + "x".repeat(50_000) + "</body></html>");
        assertThatThrownBy(this::read).isInstanceOf(UnreadableException.class).hasMessage(
                "is an EPUB whose spine names `a.xhtml` twice");
        book("<item id='a' href='a.xhtml'/><item id='b' href='a.xhtml'/>", "<itemref idref='a'/><itemref idref='b'/>");
        assertThatThrownBy(this::read).hasMessageContaining("twice");
    }

    @Test
    void whatIsNoTextIsBoundedToo() {
        book("<item id='a' href='a.xhtml'/>", "<itemref idref='a'/>");
        files.put("picture.png", new byte[LONGEST + 1]);
        assertThatThrownBy(this::read).isInstanceOf(UnreadableException.class).hasMessage(
                "unpacks to more than 100000 bytes beside its text");
    }

    @Test
    void aBookWithPicturesBelowTheBoundIsRead() throws IOException, UnreadableException {
        book("<item id='a' href='a.xhtml'/>", "<itemref idref='a'/>");
        files.put("picture.png", new byte[LONGEST]);
        file("a.xhtml", "<html><body>Text.</body></html>");
        assertThat(read()).containsExactly("Text.");
    }

    @Test
    void tooManyFilesAreRefused() {
        for (var number = 0; number <= 10_000; number++) {
            file(number + ".css", "");
        }
        assertThatThrownBy(this::read).isInstanceOf(UnreadableException.class).hasMessage(
                "is an archive of more than 10000 files");
    }

    @Test
    void aPathMayHoldAPercentSignThatIsNoCode() throws IOException, UnreadableException {
        book("<item id='a' href='100%.xhtml'/><item id='b' href='two%20words.xhtml'/>",
                "<itemref idref='a'/><itemref idref='b'/>");
        file("100%.xhtml", "<html><body>All.</body></html>");
        file("two words.xhtml", "<html><body>More.</body></html>");
        assertThat(read()).containsExactly("All.", "More.");
    }

    private void bookBelow(String root, String manifest, String spine) {
        file("META-INF/container.xml", "<c:container xmlns:c='urn:oasis'><c:rootfiles><c:rootfile full-path='" + root
                + "'/></c:rootfiles></c:container>");
        file(root, "<opf:package xmlns:opf='http://www.idpf.org/2007/opf'><opf:manifest>" + manifest
                + "</opf:manifest><opf:spine>" + spine + "</opf:spine></opf:package>");
    }

    @Test
    void elementsAreFoundWhateverTheirPrefix() throws IOException, UnreadableException {
        bookBelow("OEBPS/book.opf", "<opf:item id='a' href='a.xhtml'/>", "<opf:itemref idref='a'/>");
        file("OEBPS/a.xhtml", "<html><body>All.</body></html>");
        assertThat(read()).containsExactly("All.");
    }

    @Test
    void pathsAreResolvedWithinTheArchive() throws IOException, UnreadableException {
        bookBelow("OEBPS/package/book.opf", "<opf:item id='a' href='../text/a.xhtml'/>"
                + "<opf:item id='b' href='./b.xhtml'/><opf:item id='c' href='../../../../c.xhtml'/>"
                + "<opf:item id='d' href='/OEBPS/d.xhtml'/>",
                "<opf:itemref idref='a'/><opf:itemref idref='b'/><opf:itemref idref='c'/><opf:itemref idref='d'/>");
        for (var page : List.of("OEBPS/text/a", "OEBPS/package/b", "c", "OEBPS/d")) {
            file(page + ".xhtml", "<html><body>" + page + "</body></html>");
        }
        assertThat(read()).containsExactly("OEBPS/text/a", "OEBPS/package/b", "c", "OEBPS/d");
    }

    @Test
    void aPageNamedInTwoWaysIsNamedTwice() {
        book("<item id='a' href='a.xhtml'/><item id='b' href='x/../a.xhtml'/>",
                "<itemref idref='a'/><itemref idref='b'/>");
        file("a.xhtml", "<html><body>All.</body></html>");
        assertThatThrownBy(this::read).hasMessage("is an EPUB whose spine names `a.xhtml` twice");
    }

    @Test
    void aPageIsKnownByItsTypeWhateverItsName() throws IOException, UnreadableException {
        bookBelow("package", "<opf:item id='a' href='first' media-type='application/xhtml+xml'/>"
                + "<opf:item id='b' href='second.page' media-type='Text/HTML; charset=utf-8'/>",
                "<opf:itemref idref='a'/><opf:itemref idref='b'/>");
        file("first", "<html><body>All.</body></html>");
        file("second.page", "<html><body>More.</body></html>");
        assertThat(read()).containsExactly("All.", "More.");
    }

    @Test
    void aPageKnownByItsTypeIsBoundedToo() {
        book("<item id='a' href='a' media-type='text/html'/><item id='b' href='b.html'/>",
                "<itemref idref='a'/><itemref idref='b'/>");
        file("a", "<p>" + "x".repeat(LONGEST / 2));
        file("b.html", "<p>" + "x".repeat(LONGEST / 2));
        assertThatThrownBy(this::read).hasMessage("unpacks to more than 100000 bytes of text");
    }
}
