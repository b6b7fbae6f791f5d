package dev.plimsoll.sample.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;

/// The text of an EPUB: the pages of its spine, in order (EPUB 3.3, 3.4 and 5.6).
final class Epub {
    private Epub() {}

    static List<String> paragraphs(byte[] content, int longest) throws UnreadableException {
        var files = files(content, longest);
        var container = file(files, "META-INF/container.xml");
        var root = Optional.ofNullable(Jsoup.parse(container, Parser.xmlParser()).selectFirst("rootfile"))
                .map(element -> element.attr("full-path")).orElseThrow(() -> new UnreadableException(
                        "is an EPUB whose container.xml names no package"));
        var book = Jsoup.parse(file(files, root), Parser.xmlParser());
        var base = root.contains("/") ? root.substring(0, root.lastIndexOf('/') + 1) : "";
        var pages = new HashMap<String, String>();
        book.select("manifest > item").forEach(item -> pages.put(item.attr("id"), URLDecoder.decode(item.attr("href")
                .replace("+", "%2B"), StandardCharsets.UTF_8)));
        var paragraphs = new ArrayList<String>();
        for (var reference : book.select("spine > itemref")) {
            var page = pages.get(reference.attr("idref"));
            if (page != null) {
                paragraphs.addAll(Page.paragraphs(Jsoup.parse(file(files, base + page), Parser.xmlParser())));
            }
        }
        return paragraphs;
    }

    private static Map<String, String> files(byte[] content, int longest) throws UnreadableException {
        var files = new HashMap<String, String>();
        long left = longest;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().matches("(?i).*\\.(xml|opf|x?html?)")) {
                    var bytes = zip.readNBytes((int) left + 1);
                    left -= bytes.length;
                    if (left < 0) {
                        throw new UnreadableException("unpacks to more than " + longest + " bytes of text");
                    }
                    files.put(entry.getName(), Extraction.utf8(bytes));
                }
            }
        } catch (IOException damaged) {
            throw new UnreadableException("is a damaged archive: " + damaged.getMessage());
        }
        return files;
    }

    private static String file(Map<String, String> files, String name) throws UnreadableException {
        return Optional.ofNullable(files.get(name)).orElseThrow(() -> new UnreadableException(
                "is an EPUB that lacks `" + name + "`"));
    }
}
