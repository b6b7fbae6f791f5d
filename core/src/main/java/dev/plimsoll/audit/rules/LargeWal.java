package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// The WAL may take too much of the disk.
public final class LargeWal implements Rule {
    @Override
    public About about() {
        return new About("DBT008", "large-wal", Severity.MEDIUM, Confidence.CERTAIN,
                "max_wal_size and wal_keep_size take more than a quarter of the disk.",
                "Postgres stops when the disk is full. max_wal_size is a soft bound, so leave room above "
                        + "it.",
                "Set max_wal_size to about 5 % of the disk.",
                "https://www.postgresql.org/docs/current/runtime-config-wal.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.host().disk().stream().flatMap(disk -> inventory.ofKind("postgres").flatMap(service -> {
            var major = Postgres.major(service.clues()).orElse(Postgres.NEWEST_MAJOR);
            var setting = service.settings().get("max_wal_size");
            var wal = PostgresMemory.memory(service.settings(), "max_wal_size", major).orElse(MemorySize.ofGigabytes(1))
                    .plus(PostgresMemory.memory(service.settings(), "wal_keep_size", major).orElse(MemorySize.ZERO));
            return setting.stream().filter(_ -> wal.ratioTo(disk) > 0.25).map(found -> finding(service, found.where(),
                    "max_wal_size and wal_keep_size may take " + wal + " of a disk with " + disk,
                    "Set max_wal_size to " + disk.dividedBy(20).roundedDownTo(MemorySize.ofMegabytes(16)).megabytes()
                            + "MB"));
        }));
    }
}
