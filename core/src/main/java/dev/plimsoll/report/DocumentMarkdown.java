package dev.plimsoll.report;

import dev.plimsoll.report.Document.Block;
import java.util.stream.Collectors;

/// A report as Markdown.
public final class DocumentMarkdown {
    private DocumentMarkdown() {}

    public static String of(Document document) {
        var text = new StringBuilder("# ").append(Marked.markdown(document.title())).append('\n');
        for (var block : document.blocks()) {
            text.append('\n');
            switch (block) {
                case Block.Heading heading -> text.append("#".repeat(heading.level() + 1)).append(' ')
                        .append(Marked.markdown(heading.text())).append('\n');
                case Block.Text paragraph -> text.append(Marked.markdown(paragraph.text())).append('\n');
                case Block.Items list -> list.items().forEach(item -> text.append("- ").append(Marked.markdown(item))
                        .append('\n'));
                case Block.Grid grid -> grid(text, grid);
                case Block.Bar bar -> text.append("**").append(Marked.markdown(bar.label())).append("**: ")
                        .append(bar.parts()
                                .stream().map(part -> Marked.markdown(part.label())).collect(Collectors.joining(", ")))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static void grid(StringBuilder text, Block.Grid grid) {
        text.append("| ").append(grid.columns().stream().map(name -> Marked.markdown(name.replace(">", "")))
                .collect(Collectors.joining(" | "))).append(" |\n|");
        grid.columns().forEach(name -> text.append(name.endsWith(">") ? "---:|" : "---|"));
        text.append('\n');
        for (var row : grid.rows()) {
            text.append("| ")
                    .append(row.stream().map(cell -> Marked.markdown(cell.text())).collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
    }
}
