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

/// Parallel hash joins do not fit into /dev/shm.
public final class SmallSharedMemory implements Rule {
    @Override
    public About about() {
        return new About("MEM014", "small-shared-memory", Severity.LOW, Confidence.LIKELY,
                "work_mem lets a parallel hash join outgrow /dev/shm.",
                "A parallel hash table lives in /dev/shm, 64 MB unless shm_size says more: with 16 MB of "
                        + "work_mem and two workers 95 MB were measured. The query fails with \"could not resize "
                        + "shared memory segment\".",
                "Set shm_size above work_mem × hash_mem_multiplier × (workers + 1), or "
                        + "max_parallel_workers_per_gather to 0.",
                "https://github.com/docker-library/postgres/issues/416");
    }

    private static final MemorySize DEFAULT = MemorySize.ofMegabytes(64);

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> {
            var setting = service.settings().get("work_mem");
            var memory = PostgresMemory.of(service);
            var workers = service.settings().integer("max_parallel_workers_per_gather").orElse(2);
            var table = memory.workMem().times(memory.hashMultiplier()).times(workers + 1L);
            var shm = service.service().sharedMemorySize().map(Located::value).orElse(DEFAULT);
            if (setting.isEmpty() || workers == 0 || !table.isLargerThan(shm)) {
                return Stream.empty();
            }
            return Stream.of(finding(service, setting.get().where(), "A parallel hash join may need work_mem "
                    + memory.workMem() + " × hash_mem_multiplier " + memory.hashMultiplier() + " × " + (workers + 1)
                    + " processes = " + table + " in /dev/shm of " + shm,
                    "Set shm_size to " + table
                            + ", or max_parallel_workers_per_gather to 0"));
        });
    }
}
