package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.LiveService;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackTextTest {
    private static Container container(String service, int restarts) {
        return new Container(service, 1, "id", "image", "running", Optional.of("healthy"), restarts, Optional.empty(),
                Optional.empty(), false, Optional.of(MemorySize.ofMegabytes(240)), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), 0, "always", true, Map.of(), List.of(), List.of(),
                List.of(new Container.PublishedPort("127.0.0.1", 40000, 5432)));
    }

    private static CgroupReading reading(double cpu, double throttled, long kills) {
        return new CgroupReading(2, MemorySize.ofMegabytes(130), MemorySize.ofMegabytes(120),
                MemorySize.ofMegabytes(40),
                MemorySize.ofMegabytes(40), MemorySize.ofMegabytes(50), Optional.empty(),
                Optional.of(MemorySize.ofMegabytes(180)), Optional.of(MemorySize.ofMegabytes(240)), kills,
                Optional.of(0L), cpu, throttled, CgroupReading.Periods.NONE, Optional.of(5L), Optional.of(0.031),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theBarHoldsPrivateSharedCacheAndPeakInTheirShares() {
        assertThat(StackText.bar(reading(0, 0, 0))).isEqualTo("[####++++----     |      ]");
    }

    @Test
    void withoutTroubleThereAreNoRemarks() {
        var calm = LiveService.of(container("db", 0), Optional.empty(), Optional.empty(), 1);
        assertThat(StackText.status("little", "Docker", List.of(calm), List.of())).doesNotContain("!");
    }

    @Test
    void troubleIsSaidBelowTheTable() {
        var now = reading(12.5, 3.25, 2);
        var service = LiveService.of(container("db", 1), Optional.of(now), Optional.of(reading(12, 3, 0)), 1);
        assertThat(StackText.status("little", "Docker", List.of(service), List.of()).lines())
                .contains("! db: 1 restart, 2 processes killed for want of memory, waited for memory 3 % of",
                        "  the time, held up by its CPU limit 25 % of the time.")
                .anyMatch(line -> line.startsWith("db") && line.contains("120 MB") && line.contains("0.50"));
    }

    /// A process that is gone has no figures any more.
    @Test
    void whatWasKilledForWantOfMemoryIsSaidWithoutFigures() {
        var killed = new Container("db", 1, "id", "image", "exited", Optional.empty(), 0, Optional.empty(),
                Optional.of(137), true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0, "", false, Map.of(), List.of(), List.of(), List.of());
        var gone = LiveService.of(killed, Optional.empty(), Optional.empty(), 1);
        assertThat(StackText.status("little", "native", List.of(gone), List.of())).contains("exited 137",
                "! db: killed for want of memory.");
    }

    @Test
    void aCounterThatStartedAnewGivesNoRate() {
        var service = LiveService.of(container("db", 1), Optional.of(reading(1, 0, 0)), Optional.of(reading(9, 0, 0)),
                1);
        assertThat(service.cores()).isEmpty();
    }

    @Test
    void namesTheCommandThatEndsIt() {
        assertThat(StackText.started("little-plimsoll", List.of(container("db", 0)), List.of("web: needs a container"),
                List.of(), "out")).contains("127.0.0.1:40000 -> 5432", "not run: web", "`plimsoll down out`");
    }
}
