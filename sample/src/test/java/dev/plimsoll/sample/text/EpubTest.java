package dev.plimsoll.sample.text;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aBookWithPicturesBelowTheBoundIsRead() throws IOException, UnreadableException {
        book("<item id='a' href='a.xhtml'/>", "<itemref idref='a'/>");
        files.put("picture.png", new byte[LONGEST]);
        file("a.xhtml", "<html><body>Text.</body></html>");
        assertThat(read()).containsExactly("Text.");
    }

}
