package dev.plimsoll.sample.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/// The text of an EPUB: the pages of its spine, in order (EPUB 3.3, 3.4 and 5.6).
final class Epub {
    private Epub() {}

    static List<String> paragraphs(byte[] content, int longest) throws UnreadableException {
        var files = new Archive(longest).texts(content);
        var container = file(files, "META-INF/container.xml");
        var root = Optional.ofNullable(Jsoup.parse(container, Parser.xmlParser()).selectFirst("rootfile"))
                .map(element -> element.attr("full-path")).orElseThrow(() -> new UnreadableException(
                        "is an EPUB whose container.xml names no package"));
        var base = root.contains("/") ? root.substring(0, root.lastIndexOf('/') + 1) : "";
        var paragraphs = new ArrayList<String>();
        long length = 0;
        for (var page : spine(Jsoup.parse(file(files, root), Parser.xmlParser()))) {
            for (var paragraph : Page.paragraphs(Jsoup.parse(file(files, base + page), Parser.xmlParser()))) {
                length += paragraph.length();
                paragraphs.add(paragraph);
            }
            if (length > longest) {
                throw Extraction.tooLong(length, longest);
            }
        }
        return paragraphs;
    }

    /// Paths of the pages. A book that names one again and again would be much longer than its archive.
    private static List<String> spine(Document book) throws UnreadableException {
        var pages = new HashMap<String, String>();
        book.select("manifest > item").forEach(item -> pages.put(item.attr("id"), path(item.attr("href"))));
        var spine = new ArrayList<String>();
        var named = new HashSet<String>();
        for (var reference : book.select("spine > itemref")) {
            var page = pages.get(reference.attr("idref"));
            if (page != null && !named.add(page)) {
                throw new UnreadableException("is an EPUB whose spine names `" + page + "` twice");
            }
            if (page != null) {
                spine.add(page);
            }
        }
        return spine;
    }

    /// A file's name may have a `%` that is no code.
    private static String path(String href) {
        try {
            return URLDecoder.decode(href.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException uncoded) {
            return href;
        }
    }

    private static String file(Map<String, String> files, String name) throws UnreadableException {
        return Optional.ofNullable(files.get(name)).orElseThrow(() -> new UnreadableException(
                "is an EPUB that lacks `" + name + "`"));
    }
}
