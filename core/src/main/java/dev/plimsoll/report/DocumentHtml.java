package dev.plimsoll.report;

import dev.plimsoll.report.Document.Block;
import dev.plimsoll.report.Document.Mark;
import java.util.Locale;

/// A report as one HTML file without scripts and without anything from elsewhere; it reads on a phone and prints.
public final class DocumentHtml {
    private static final String STYLE = """
            :root{--ink:#1b2733;--dim:#5b6875;--line:#d5dce3;--paper:#fff;--good:#1a7f4b;--bad:#b3261e;--open:#8a94a0}
            @media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--dim:#9aa7b4;--line:#36424e;--paper:#141a20;
            --good:#4cc38a;--bad:#ff7b72;--open:#6b7682}}
            *{box-sizing:border-box}
            body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);
            font:16px/1.5 system-ui,sans-serif}
            h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.2rem;border-bottom:1px solid var(--line)}
            h3{margin-bottom:.3rem}
            .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
            th,td{padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
            th{color:var(--dim);font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}.open{color:var(--dim)}
            .bar{display:flex;height:1.1rem;border-radius:.3rem;overflow:hidden;background:var(--line)}
            .bar i{display:block}.bar .good{background:var(--good)}.bar .bad{background:var(--bad)}
            .bar .open{background:var(--open);opacity:.45}
            figure{margin:1rem 0}figcaption{color:var(--dim);font-size:.92rem}
            @media print{body{max-width:none;font-size:11pt}h2{break-after:avoid}tr,figure{break-inside:avoid}
            .bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
            """;

    private DocumentHtml() {}

    public static String of(Document document) {
        var text = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta "
                + "name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>").append(Marked.htmlText(
                        document.title()))
                .append("</title>\n<style>\n").append(STYLE).append("</style>\n<h1>")
                .append(Marked.html(document.title()))
                .append("</h1>\n");
        document.blocks().forEach(block -> block(text, block));
        return text.append("</html>\n").toString();
    }

    private static void block(StringBuilder text, Block block) {
        switch (block) {
            case Block.Heading heading ->
                text.append("<h%1$d>%2$s</h%1$d>\n".formatted(heading.level() + 1, Marked.html(
                        heading.text())));
            case Block.Text paragraph -> text.append("<p>").append(Marked.html(paragraph.text())).append("</p>\n");
            case Block.Items list -> {
                text.append("<ul>\n");
                list.items().forEach(item -> text.append("<li>").append(Marked.html(item)).append("</li>\n"));
                text.append("</ul>\n");
            }
            case Block.Grid grid -> grid(text, grid);
            case Block.Bar bar -> bar(text, bar);
        }
    }

    private static void grid(StringBuilder text, Block.Grid grid) {
        text.append("<div class=\"wide\"><table>\n<tr>");
        grid.columns().forEach(name -> text.append("<th").append(name.endsWith(">") ? " class=\"n\"" : "").append('>')
                .append(Marked.html(name.replace(">", ""))).append("</th>"));
        text.append("</tr>\n");
        for (var row : grid.rows()) {
            text.append("<tr>");
            for (var at = 0; at < row.size(); at++) {
                var cell = row.get(at);
                var number = at < grid.columns().size() && grid.columns().get(at).endsWith(">") ? "n " : "";
                var classes = (number + word(cell.mark())).strip();
                text.append("<td").append(classes.isEmpty() ? "" : " class=\"" + classes + "\"").append('>')
                        .append(Marked.html(cell.text())).append("</td>");
            }
            text.append("</tr>\n");
        }
        text.append("</table></div>\n");
    }

    private static void bar(StringBuilder text, Block.Bar bar) {
        var whole = bar.parts().stream().mapToDouble(Document.Part::size).sum();
        text.append("<figure><div class=\"bar\" aria-hidden=\"true\">");
        bar.parts().stream().filter(part -> part.size() > 0).forEach(part -> text.append(String.format(Locale.ROOT,
                "<i class=\"%s\" style=\"width:%.2f%%\"></i>", word(part.mark()), 100 * part.size() / whole)));
        text.append("</div><figcaption>").append(Marked.html(bar.label())).append(": ")
                .append(Marked.html(String.join(", ",
                        bar.parts().stream().map(Document.Part::label).toList())))
                .append("</figcaption></figure>\n");
    }

    private static String word(Mark mark) {
        return mark == Mark.NONE ? "" : mark.name().toLowerCase(Locale.ROOT);
    }
}
