package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.VolumeDefinition;
import java.util.Optional;
import java.util.stream.Stream;

public final class DatabaseInMemory implements Rule {
    @Override
    public About about() {
        return new About("REL009", "database-on-tmpfs", Severity.CRITICAL, Confidence.CERTAIN,
                "A data service stores its data in memory only.",
                "A tmpfs is empty again after every stop, and its pages count against the container's memory limit.",
                "Mount a named volume instead; keep a tmpfs for databases of test runs.",
                "https://docs.docker.com/engine/storage/tmpfs/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().filter(service -> switch (service.role()) {
            case DATABASE, STORAGE, SEARCH, BROKER -> true;
            case CACHE, POOLER, PROXY, APP, WORKER, MONITORING, EXPORTER, TOOL -> false;
        }).flatMap(service -> DataDirectories.of(service).stream().limit(1)
                .flatMap(path -> inMemory(service, path, inventory).stream()
                        .map(where -> finding(service, where, service.name() + " stores its data in " + path
                                + ", which is a tmpfs: it is empty after every stop",
                                "Mount a named volume at " + path))));
    }

    private static Optional<Location> inMemory(Recognised service, String path, Inventory inventory) {
        return TemporaryFiles.where(service, path).or(() -> DataDirectories.mount(service)
                .filter(mount -> mount.source().flatMap(name -> Optional.ofNullable(inventory.stack().volumes()
                        .get(name))).filter(VolumeDefinition::isTmpfs).isPresent())
                .map(mount -> mount.where()));
    }
}
