package dev.plimsoll.load;

import dev.plimsoll.observe.Csv;
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

    /// An empty line is none.
    private static List<List<String>> rows(String text) {
        return Csv.cells(text).stream().map(row -> row.stream().map(String::strip).toList()).filter(row -> row.stream()
                .anyMatch(cell -> !cell.isEmpty()) || row.size() > 1).toList();
    }
}
