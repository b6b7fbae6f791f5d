package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// Shared memory and tmpfs may fill the limit.
public final class SharedMemoryAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM008", "shared-memory-above-limit", Severity.HIGH, Confidence.CERTAIN,
                "The sizes of /dev/shm and tmpfs mounts reach the memory limit they are charged to.",
                "Pages in tmpfs and /dev/shm count as the container's memory and cannot be given back, so"
                        + " a full one leaves nothing for the program.",
                "Lower shm_size and tmpfs sizes to a fraction of the limit, or raise the limit.",
                "https://docs.docker.com/engine/storage/tmpfs/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> service.limit().stream().flatMap(limit -> {
            var shm = service.service().sharedMemorySize();
            var size = shm.map(Located::value).orElse(MemorySize.ZERO);
            if (size.compareTo(limit.value()) < 0) {
                return Stream.empty();
            }
            return Stream.of(finding(service, shm.map(Located::where).orElse(limit.where()), "shm_size " + size
                    + " is not below the memory limit of " + limit.value() + " it is charged to",
                    "Lower shm_size to at most half the limit, or raise the limit"));
        }));
    }
}
