package dev.plimsoll.sample.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// The text of a page of HTML: every word that a browser shows, a paragraph from one block's edge to the next. Only
/// `nav` is left out, whose words stand on the pages that it leads to.
final class Page implements NodeVisitor {
    private static final String UNSEEN = "head,script,style,nav,noscript,template";
    /// What a browser sets apart by default, in lines or boxes of their own (HTML, section Rendering).
    private static final Set<String> BLOCKS = Set.of("address", "article", "aside", "blockquote", "body", "button",
            "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
            "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li",
            "listing", "main", "menu", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section",
            "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final List<String> paragraphs = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    private Page() {}

    static List<String> paragraphs(Document document) {
        document.select(UNSEEN).remove();
        var page = new Page();
        document.traverse(page);
        page.flush();
        return page.paragraphs;
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text) {
            open.append(text.text());
        } else {
            edge(node);
        }
    }

    @Override
    public void tail(Node node, int depth) {
        edge(node);
    }

    private void edge(Node node) {
        if (!(node instanceof Element element)) {
            return;
        }
        if (BLOCKS.contains(element.normalName())) {
            flush();
        } else if (element.normalName().equals("br")) {
            open.append(' ');
        }
    }

    private void flush() {
        var paragraph = SPACE.matcher(open).replaceAll(" ").strip();
        open.setLength(0);
        if (!paragraph.isEmpty()) {
            paragraphs.add(paragraph);
        }
    }
}
