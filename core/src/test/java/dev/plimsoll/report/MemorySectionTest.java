package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.evidence.Recorded;
import dev.plimsoll.report.Document.Block;
import dev.plimsoll.report.Document.Cell;
import dev.plimsoll.report.Document.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemorySectionTest {
    private static List<List<Cell>> rows(Evidence evidence) {
        return MemorySection.of(evidence).stream().filter(Block.Grid.class::isInstance).map(Block.Grid.class::cast)
                .flatMap(grid -> grid.rows().stream()).toList();
    }

    @Test
    void aServiceAboveItsWorstCaseIsMarked() {
        var rows = rows(Recorded.healthy());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).contains(new Cell("0.50", Mark.GOOD));
        assertThat(rows.get(1)).contains(new Cell("1.05", Mark.BAD));
    }

    @Test
    void withoutAMeasurementItSaysHowToMakeOne() {
        assertThat(rows(Evidence.NONE)).isEmpty();
        assertThat(MemorySection.of(Evidence.NONE)).anySatisfy(block -> assertThat(String.valueOf(block)).contains(
                "Not run: `plimsoll calibrate`"));
    }
}
