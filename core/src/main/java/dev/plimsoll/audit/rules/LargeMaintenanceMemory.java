package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// Vacuum and index builds may take most of the limit.
public final class LargeMaintenanceMemory implements Rule {
    @Override
    public About about() {
        return new About("MEM012", "large-maintenance-memory", Severity.MEDIUM, Confidence.CERTAIN,
                "Autovacuum workers and one index build may take more than half of the limit.",
                "autovacuum_work_mem follows maintenance_work_mem unless set, and every worker may take "
                        + "it. A restore or an index build on top ends in the limit.",
                "Set autovacuum_work_mem on its own, and maintenance_work_mem to a sixteenth of the "
                        + "limit.",
                "https://www.postgresql.org/docs/current/runtime-config-resource.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> {
            var setting = service.settings().get("autovacuum_work_mem")
                    .or(() -> service.settings().get("maintenance_work_mem"));
            var memory = PostgresMemory.of(service);
            var bound = service.limit().map(Located::value).orElse(inventory.host().memory());
            var sum = memory.autovacuumWorkMem().times(memory.autovacuumWorkers()).plus(memory.maintenanceWorkMem());
            if (setting.isEmpty() || !(sum.ratioTo(bound) > 0.5)) {
                return Stream.empty();
            }
            return Stream.of(finding(service, setting.get().where(),
                    memory.autovacuumWorkers() + " autovacuum workers × "
                            + memory.autovacuumWorkMem() + " + one index build " + memory.maintenanceWorkMem() + " = "
                            + sum
                            + " of " + bound,
                    "Set maintenance_work_mem to " + bound.dividedBy(16)
                            .roundedDownTo(MemorySize.ofMegabytes(1)) + " and autovacuum_work_mem to "
                            + bound.dividedBy(32).roundedDownTo(MemorySize.ofMegabytes(1))));
        });
    }
}
