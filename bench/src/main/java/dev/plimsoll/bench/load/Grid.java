package dev.plimsoll.bench.load;

import java.util.ArrayList;
import java.util.List;

/// A Markdown table, the first column to the left and the others to the right.
final class Grid {
    private final List<String> rows = new ArrayList<>();

    Grid(String... heads) {
        row(heads);
        rows.add("|---|" + "---:|".repeat(heads.length - 1));
    }

    Grid row(String... cells) {
        return row(List.of(cells));
    }

    Grid row(List<String> cells) {
        rows.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", rows);
    }
}
