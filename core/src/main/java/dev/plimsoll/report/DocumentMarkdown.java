package dev.plimsoll.report;

import dev.plimsoll.report.Document.Block;
import java.util.stream.Collectors;

/// A report as Markdown.
public final class DocumentMarkdown {
    private DocumentMarkdown() {}

    public static String of(Document document) {
        var text = new StringBuilder("# ").append(escaped(document.title())).append('\n');
        for (var block : document.blocks()) {
            text.append('\n');
            switch (block) {
                case Block.Heading heading -> text.append("#".repeat(heading.level() + 1)).append(' ')
                        .append(escaped(heading.text())).append('\n');
                case Block.Text paragraph -> text.append(escaped(paragraph.text())).append('\n');
                case Block.Items list -> list.items().forEach(item -> text.append("- ").append(escaped(item))
                        .append('\n'));
                case Block.Grid grid -> grid(text, grid);
                case Block.Bar bar -> text.append("**").append(escaped(bar.label())).append("**: ").append(bar.parts()
                        .stream().map(part -> escaped(part.label())).collect(Collectors.joining(", "))).append('\n');
            }
        }
        return text.toString();
    }

    private static void grid(StringBuilder text, Block.Grid grid) {
        text.append("| ").append(grid.columns().stream().map(name -> escaped(name.replace(">", "")))
                .collect(Collectors.joining(" | "))).append(" |\n|");
        grid.columns().forEach(name -> text.append(name.endsWith(">") ? "---:|" : "---|"));
        text.append('\n');
        for (var row : grid.rows()) {
            text.append("| ").append(row.stream().map(cell -> escaped(cell.text())).collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
    }

    /// Text that is no markup: names and messages come from files of others.
    private static String escaped(String text) {
        return text.replaceAll("\\s+", " ").replace("\\", "\\\\").replace("|", "\\|").replace("&", "&amp;")
                .replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("[", "\\[").replace("`", "\\`")
                .replace("@", "&#64;");
    }
}
