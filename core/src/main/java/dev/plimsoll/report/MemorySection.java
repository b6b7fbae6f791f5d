package dev.plimsoll.report;

import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.evidence.Measured;
import dev.plimsoll.report.Document.Block;
import dev.plimsoll.report.Document.Cell;
import dev.plimsoll.report.Document.Mark;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// Memory as planned beside memory as measured.
final class MemorySection {
    private MemorySection() {}

    static List<Block> of(Evidence evidence) {
        var heading = new Block.Heading(1, "Memory, planned and measured");
        return evidence.lastMeasurement().map(item -> List.of(heading, new Block.Text("The most that each service held "
                + "until " + item.content().when().truncatedTo(ChronoUnit.SECONDS)
                + ", in MB. The model is what the plan's "
                + "arithmetic says of that moment, from the connections and data that were seen."),
                grid(item.content())))
                .orElseGet(
                        () -> List.of(heading, new Block.Text("Not run: `plimsoll calibrate` while the stack is under "
                                + "load measures it.")));
    }

    private static Block grid(Measured measured) {
        return new Block.Grid(List.of("service", "expected>", "worst case>", "held>", "of worst case>", "model>",
                "model / held>"), measured.services().stream().map(MemorySection::row).toList());
    }

    private static List<Cell> row(Measured.Service one) {
        var isExceeded = one.held().isLargerThan(one.ceiling());
        return List.of(Cell.of(one.name()), megabytes(one.expectedBytes()), megabytes(one.ceilingBytes()),
                megabytes(one.heldBytes()),
                new Cell(ratio(one.heldBytes(), one.ceilingBytes()), isExceeded ? Mark.BAD : Mark.GOOD),
                one.hasModel() ? megabytes(one.modelBytes()) : Cell.of(""),
                Cell.of(one.hasModel() ? ratio(one.modelBytes(), one.heldBytes()) : ""));
    }

    private static Cell megabytes(long bytes) {
        return Cell.of(String.valueOf(Math.round(bytes / (double) (1 << 20))));
    }

    private static String ratio(long one, long other) {
        return other == 0 ? "" : String.format(Locale.ROOT, "%.2f", (double) one / other);
    }
}
