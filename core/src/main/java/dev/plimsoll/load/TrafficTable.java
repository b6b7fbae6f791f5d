package dev.plimsoll.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// CSV with a header: commas, and quotes doubled inside quotes (RFC 4180).
final class TrafficTable {
    private TrafficTable() {}

    /// Empty without a header and a row, and when a row has another number of cells.
    static Optional<Traffic.Table> read(String text) {
        var rows = rows(text);
        if (rows.size() < 2 || rows.stream().anyMatch(row -> row.size() != rows.getFirst().size())) {
            return Optional.empty();
        }
        return Optional.of(new Traffic.Table(rows.getFirst(), rows.subList(1, rows.size())));
    }

    private static List<List<String>> rows(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.length(); at++) {
            var next = text.charAt(at);
            if (quoted) {
                if (next != '"') {
                    cell.append(next);
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    cell.append('"');
                    at++;
                } else {
                    quoted = false;
                }
            } else if (next == '"') {
                quoted = true;
            } else if (next == ',') {
                row.add(cell.toString().strip());
                cell.setLength(0);
            } else if (next == '\n') {
                end(rows, row, cell);
            } else if (next != '\r') {
                cell.append(next);
            }
        }
        end(rows, row, cell);
        return rows;
    }

    /// Ends a row; an empty line is none.
    private static void end(List<List<String>> rows, List<String> row, StringBuilder cell) {
        if (!row.isEmpty() || !cell.toString().isBlank()) {
            row.add(cell.toString().strip());
            rows.add(List.copyOf(row));
        }
        row.clear();
        cell.setLength(0);
    }
}
