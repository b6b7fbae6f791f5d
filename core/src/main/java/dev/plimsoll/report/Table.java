package dev.plimsoll.report;

import java.util.ArrayList;
import java.util.List;

/// A plain-text table with columns as wide as their content. Cells that start with a digit stand right-aligned.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// A row of dashes.
    Table rule() {
        rows.add(List.of());
        return this;
    }

    String text() {
        var columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = new int[columns];
        for (var row : rows) {
            for (var at = 0; at < row.size(); at++) {
                widths[at] = Math.max(widths[at], row.get(at).length());
            }
        }
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var at = 0; at < columns; at++) {
                var cell = row.isEmpty() ? "-".repeat(widths[at]) : at < row.size() ? row.get(at) : "";
                var pad = " ".repeat(widths[at] - cell.length());
                line.append(at == 0 ? "" : "  ").append(isRight(at) ? pad + cell : cell + pad);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private boolean isRight(int column) {
        return rows.stream().skip(1).filter(row -> row.size() > column && !row.get(column).isEmpty())
                .allMatch(row -> Character.isDigit(row.get(column).charAt(0)) || row.get(column).equals("-"))
                && rows.stream().skip(1).anyMatch(row -> row.size() > column && !row.get(column).isEmpty());
    }
}
