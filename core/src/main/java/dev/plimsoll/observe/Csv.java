package dev.plimsoll.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Comma-separated values with a header, quotes doubled inside quotes (RFC 4180).
public final class Csv {
    private Csv() {}

    /// Each row by the names of the header; missing cells are left out, further ones ignored.
    static List<Map<String, String>> read(String text) {
        var lines = cells(text);
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            var row = new LinkedHashMap<String, String>();
            for (var at = 0; at < Math.min(line.size(), lines.getFirst().size()); at++) {
                row.put(lines.getFirst().get(at), line.get(at));
            }
            rows.add(row);
        }
        return rows;
    }

    /// The cells of each line; quotes keep commas and lines together.
    public static List<List<String>> cells(String text) {
        var lines = new ArrayList<List<String>>();
        var line = new ArrayList<String>();
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
                continue;
            }
            switch (next) {
                case '"' -> quoted = true;
                case '\r' -> {
                }
                case ',' -> line.add(taken(cell));
                case '\n' -> {
                    line.add(taken(cell));
                    lines.add(List.copyOf(line));
                    line.clear();
                }
                default -> cell.append(next);
            }
        }
        if (!cell.isEmpty() || !line.isEmpty()) {
            line.add(taken(cell));
            lines.add(List.copyOf(line));
        }
        return lines.stream().filter(cells -> !cells.equals(List.of(""))).toList();
    }

    private static String taken(StringBuilder cell) {
        var text = cell.toString();
        cell.setLength(0);
        return text;
    }
}
