package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// All connections sorting at once exceed the limit.
public final class WorkMemTimesConnections implements Rule {
    @Override
    public About about() {
        return new About("MEM011", "work-mem-times-connections", Severity.HIGH, Confidence.CERTAIN,
                "One sort on every allowed connection, with shared_buffers, needs more than the limit.",
                "work_mem is allowed for each sort and each hash of each connection, not once. The "
                        + "settings permit a peak that the limit does not, and the kernel ends it.",
                "Lower work_mem or max_connections, or put PgBouncer in front so that few connections "
                        + "work at once.",
                "https://www.postgresql.org/docs/current/runtime-config-resource.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> {
            var setting = service.settings().get("work_mem").or(() -> service.settings().get("max_connections")
                    .filter(found -> found.origin() != Setting.Origin.DEFAULT));
            var memory = PostgresMemory.of(service);
            var loadLine = inventory.host().loadLine(inventory.containers());
            var bound = service.limit().map(Located::value).orElse(loadLine);
            var sorts = memory.workMem().times(memory.connections());
            var worst = memory.sharedMemory().size().plus(sorts);
            if (setting.isEmpty() || !worst.isLargerThan(bound)) {
                return Stream.empty();
            }
            var most = bound.minus(memory.sharedMemory().size()).dividedBy(2L * memory.connections())
                    .roundedDownTo(MemorySize.ofKilobytes(256)).max(MemorySize.ofMegabytes(1));
            return Stream.of(finding(service, setting.get().where(),
                    "work_mem " + memory.workMem() + " × max_connections "
                            + memory.connections() + " = " + sorts + ", with shared memory "
                            + memory.sharedMemory().size() + " = "
                            + worst + " > " + (service.limit().isPresent() ? "limit " : "load line ") + bound,
                    "Set work_mem to " + most.kilobytes() + "kB, or max_connections lower and PgBouncer in front"));
        });
    }
}
