package dev.plimsoll.sample.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/// The text of an EPUB: the pages of its spine, in order (EPUB 3.3, 3.4 and 5.6).
final class Epub {
    private static final Set<String> PAGES = Set.of("application/xhtml+xml", "text/html");

    private Epub() {}

    /// A file that the manifest lists.
    private record Item(String path, String mediaType) {
        boolean isText() {
            return PAGES.contains(mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
        }
    }

    static List<String> paragraphs(byte[] content, int longest) throws UnreadableException {
        var archive = Archive.open(content, longest);
        var root = Optional.ofNullable(xml(archive, "META-INF/container.xml").selectFirst("*|rootfile")).map(
                element -> resolved("", element.attr("full-path"))).orElseThrow(
                        () -> new UnreadableException(
                                "is an EPUB whose container.xml names no package"));
        archive.also(Set.of(root));
        var pages = spine(xml(archive, root), root.substring(0, root.lastIndexOf('/') + 1));
        archive.also(pages.stream().filter(Item::isText).map(Item::path).collect(Collectors.toSet()));
        var paragraphs = new ArrayList<String>();
        long length = 0;
        for (var page : pages) {
            for (var paragraph : Page.paragraphs(xml(archive, page.path()))) {
                length += paragraph.length();
                paragraphs.add(paragraph);
            }
            if (length > longest) {
                throw Extraction.tooLong(length, longest);
            }
        }
        return paragraphs;
    }

    /// The pages. A book that names one again and again would be much longer than its archive.
    ///
    /// @param directory of the package, which its paths begin at
    private static List<Item> spine(Document book, String directory) throws UnreadableException {
        var items = new HashMap<String, Item>();
        book.select("*|manifest > *|item").forEach(item -> items.put(item.attr("id"), new Item(resolved(directory,
                decoded(item.attr("href"))), item.attr("media-type"))));
        var spine = new ArrayList<Item>();
        var named = new HashSet<String>();
        for (var reference : book.select("*|spine > *|itemref")) {
            var page = items.get(reference.attr("idref"));
            if (page != null && !named.add(page.path())) {
                throw new UnreadableException("is an EPUB whose spine names `" + page.path() + "` twice");
            }
            if (page != null) {
                spine.add(page);
            }
        }
        return spine;
    }

    /// A file's name may have a `%` that is no code.
    private static String decoded(String href) {
        try {
            return URLDecoder.decode(href.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException uncoded) {
            return href;
        }
    }

    /// Within the archive: above its root there is nothing but the root.
    private static String resolved(String directory, String path) {
        var segments = new ArrayDeque<String>();
        for (var segment : (path.startsWith("/") ? path : directory + path).split("/")) {
            switch (segment) {
                case "", "." -> {
                }
                case ".." -> segments.pollLast();
                default -> segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }

    private static Document xml(Archive archive, String name) throws UnreadableException {
        return Jsoup.parse(archive.text(name).orElseThrow(() -> new UnreadableException("is an EPUB that lacks `" + name
                + "`")), Parser.xmlParser());
    }
}
