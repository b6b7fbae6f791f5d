package dev.plimsoll.report;

import java.util.List;

/// A report as blocks, for [DocumentMarkdown] and [DocumentHtml] to write.
public record Document(String title, List<Block> blocks) {
    public Document {
        blocks = List.copyOf(blocks);
    }

    /// A part of a report.
    public sealed interface Block {
        /// @param level 1 for a section, 2 for a part of one
        record Heading(int level, String text) implements Block {}

        record Text(String text) implements Block {}

        record Items(List<String> items) implements Block {
            public Items {
                items = List.copyOf(items);
            }
        }

        /// @param columns their names; a name that ends in `>` is for numbers, at the right
        record Grid(List<String> columns, List<List<Cell>> rows) implements Block {
            public Grid {
                columns = List.copyOf(columns);
                rows = rows.stream().map(List::copyOf).toList();
            }
        }

        /// Shares of a whole side by side, with a legend in words.
        record Bar(String label, List<Part> parts) implements Block {
            public Bar {
                parts = List.copyOf(parts);
            }
        }
    }

    /// @param size of the bar's whole, in the same unit as the other parts
    public record Part(Mark mark, double size, String label) {}

    /// @param mark how it is coloured where there are colours
    public record Cell(String text, Mark mark) {
        static Cell of(String text) {
            return new Cell(text, Mark.NONE);
        }
    }

    /// What a text says of something.
    public enum Mark {
        NONE, GOOD, BAD, OPEN
    }
}
