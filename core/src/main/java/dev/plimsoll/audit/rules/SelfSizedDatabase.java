package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.CacheShare;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// A database sizes itself by the whole server.
public final class SelfSizedDatabase implements Rule {
    @Override
    public About about() {
        return new About("MEM032", "self-sized-database", Severity.HIGH, Confidence.CERTAIN,
                "A database without a limit takes a large share of the server by its own default.",
                "Elasticsearch takes half of the memory it sees as heap, ClickHouse may use nine tenths, "
                        + "MongoDB half of what is above 1 GB for its cache. Without a limit that is the server's "
                        + "memory, and others run there too.",
                "Give it a memory limit, which all three respect, or set the size itself.",
                "https://clickhouse.com/docs/operations/server-configuration-parameters/settings");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        if (inventory.running().count() < 2) {
            return Stream.empty();
        }
        var memory = inventory.host().memory();
        return inventory.ofKind("elasticsearch", "clickhouse", "mongo")
                .filter(service -> service.limit().isEmpty() && !OneShots.is(service, inventory))
                .filter(service -> service.kind() instanceof CacheShare cache
                        ? cache.set(service).isEmpty()
                        : service.settings().get("Xmx").isEmpty())
                .map(service -> {
                    var share = switch (service.kind().id()) {
                        case "clickhouse" -> memory.times(0.9);
                        case "elasticsearch" -> memory.times(0.5);
                        default -> memory.minus(MemorySize.ofGigabytes(1)).times(0.5).max(MemorySize.ofMegabytes(256));
                    };
                    return finding(service, service.is("mongo") ? Severity.MEDIUM : Severity.HIGH,
                            service.service().where(),
                            service.name() + " has no limit and takes up to " + share + " of "
                                    + memory + " by its own default, beside "
                                    + (inventory.running().count() - 1) + " more services",
                            "Set a memory limit on " + service.name());
                });
    }
}
