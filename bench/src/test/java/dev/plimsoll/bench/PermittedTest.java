package dev.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermittedTest {
    private static final Path PAGE = Path.of("../docs/comparison.md");

    @Test
    void pageIsUpToDate() throws IOException {
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, Permitted.page());
        }
        assertThat(PAGE).as("run with -Dupdate=true to write it").exists();
        assertThat(Permitted.page()).isEqualTo(Files.readString(PAGE));
    }

    @Test
    void planPermitsNoMoreThanTheServerHas() {
        for (var memory : Stream.of(1, 2, 4, 8).map(MemorySize::ofGigabytes).toList()) {
            for (var plan : PlimsollPlan.ALL) {
                assertThat(plan.settings(memory, 2).stream()).as(plan.name() + " at " + memory)
                        .allSatisfy(tuned -> assertThat(tuned.worst()).isLessThan(memory));
            }
        }
    }

    @Test
    void moreConnectionsPermitMore() {
        var web = PgTune.Workload.WEB.settings(MemorySize.ofGigabytes(4), 2);
        var oltp = PgTune.Workload.OLTP.settings(MemorySize.ofGigabytes(4), 2);
        assertThat(oltp.worst()).isGreaterThan(web.worst());
    }
}
