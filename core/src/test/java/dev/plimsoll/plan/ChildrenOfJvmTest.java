package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A JVM service may start processes of its own, which its container has to hold as well.
class ChildrenOfJvmTest {
    private static ServicePlan planned(String hints) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml",
                "services:\n  s:\n    image: eclipse-temurin:25\n    command: java -Xmx128m -jar s.jar\n"
                        + "    x-plimsoll: {" + hints + "}\n")),
                ComposeLoader.Request.of("compose.yml"));
        return Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofGigabytes(2), Millicores.ofCores(2)))).services()
                .getFirst();
    }

    @Test
    void itsWorstCaseHoldsEveryChildAtItsCeiling() {
        var alone = planned("kind: jvm").configured();
        var withChildren = planned("workers: 3, worker_memory: 96m").configured();

        assertThat(withChildren.ceiling().orElseThrow().total().minus(alone.ceiling().orElseThrow().total()))
                .isEqualTo(MemorySize.ofMegabytes(288));
        assertThat(withChildren.expected().total().minus(alone.expected().total())).isEqualTo(MemorySize.ofMegabytes(
                288));
    }

    @Test
    void itsHeapGetsWhatTheChildrenLeaveOfTheLimit() {
        var plan = planned("workers: 2, worker_memory: 96m");
        var heap = MemorySize.ofMegabytes(Long.parseLong(plan.choice("-Xmx").orElseThrow().value().replace("m", "")));

        assertThat(plan.choice("-Xmx").orElseThrow().arithmetic()).contains("2 children × 96 MB");
        assertThat(heap.plus(MemorySize.ofMegabytes(180 + 50 + 192))).isEqualTo(plan.limit());
        assertThat(plan.ceiling().orElseThrow().total()).isEqualTo(plan.limit());
    }

    @Test
    void threadsAreNoChildren() {
        assertThat(planned("workers: 8").configured().ceiling()).isEqualTo(planned("kind: jvm").configured()
                .ceiling());
    }
}
