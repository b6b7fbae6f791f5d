package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Calibrated;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Measurement;
import dev.plimsoll.report.PlanText;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Measured values take the place of assumptions.
class CalibratedPlanTest {
    private static Inventory inventory(String service, Constant constant, double value) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n  s:\n    " + service + "\n")),
                ComposeLoader.Request.of("compose.yml"));
        return Inventory.of(stack, Host.of(MemorySize.ofGigabytes(2), Millicores.ofCores(2)))
                .calibrated(new Calibration(Map.of("s", new Calibrated(List.of(new Measurement(constant, value,
                        Instant.EPOCH, "test"))))));
    }

    private static MemorySize expected(Plan plan) {
        return plan.services().getFirst().configured().expected().total();
    }

    @Test
    void aMeasuredWorkerIsPlannedWithAMarginOfATenth() {
        var plan = Planner.plan(inventory("image: example/a:1\n    command: gunicorn a:b -w 2", Constant.WORKER,
                100 << 20));

        assertThat(expected(plan)).isEqualTo(MemorySize.ofMegabytes(22L).plus(MemorySize.ofMegabytes(100L)
                .times(Calibrated.MARGIN).times(2L)));
        assertThat(plan.assumptions()).isEmpty();
        assertThat(PlanText.of(plan)).contains("Measured (planned with a margin of 10 %)", "s: worker 100 MB")
                .doesNotContain("Assumed");
        assertThat(plan.services().getFirst().configured().expected().terms().getLast().source())
                .startsWith("measured on this stack at 1970-01-01");
    }

    @Test
    void theHintOfAUserStaysAboveAMeasurement() {
        var plan = Planner.plan(inventory("image: example/a:1\n    command: gunicorn a:b -w 2\n    x-plimsoll: "
                + "{worker_memory: 50m}", Constant.WORKER, 100 << 20));

        assertThat(expected(plan)).isEqualTo(MemorySize.ofMegabytes(22 + 2 * 50L));
    }

    @Test
    void anUnknownProgramGetsRoomForItsPeak() {
        var plan = Planner.plan(inventory("image: example/y:1", Constant.PEAK, 300 << 20));

        assertThat(expected(plan)).isEqualTo(MemorySize.ofMegabytes(330L));
        assertThat(plan.services().getFirst().limit()).isGreaterThanOrEqualTo(MemorySize.ofMegabytes(330L));
        assertThat(plan.assumptions()).isEmpty();
    }

    @Test
    void aSmallBackendLowersWhatIsExpectedAndNotTheWorstCase() {
        var measured = Planner.plan(inventory("image: postgres:16", Constant.BACKEND, 1 << 20));
        var modelled = Planner.plan(inventory("image: postgres:16", Constant.SHARED_MEMORY_FACTOR, 1));

        assertThat(expected(measured)).isLessThan(expected(modelled));
        assertThat(measured.services().getFirst().configured().ceiling().orElseThrow().total())
                .isEqualTo(modelled.services().getFirst().configured().ceiling().orElseThrow().total());
    }

    @Test
    void aLargeBackendRaisesTheWorstCase() {
        var measured = Planner.plan(inventory("image: postgres:16", Constant.BACKEND, 8 << 20)).services().getFirst();

        assertThat(measured.configured().ceiling().orElseThrow().sum()).contains("backends");
        assertThat(measured.configured().ceiling().orElseThrow().terms()).anySatisfy(term -> assertThat(term.source())
                .startsWith("measured on this stack"));
    }
}
