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

/// Postgres keeps too much of its memory for its own buffers.
public final class LargeSharedBuffers implements Rule {
    @Override
    public About about() {
        return new About("MEM010", "large-shared-buffers", Severity.HIGH, Confidence.CERTAIN,
                "shared_buffers takes more than 40 % of the container's limit, or of a server that others"
                        + " share.",
                "Backends, sorts, maintenance and the page cache need the rest. Postgres starts normally "
                        + "and is killed later, when the buffers have filled: every connection is lost and crash "
                        + "recovery runs.",
                "Set shared_buffers to a quarter of the limit.",
                "https://www.postgresql.org/docs/current/runtime-config-resource.html");
    }

    private static final double MOST = 0.4;

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> {
            var setting = service.settings().get("shared_buffers");
            var buffers = PostgresMemory.of(service).sharedBuffers();
            var limit = service.limit().map(Located::value);
            var memory = inventory.host().memory();
            var share = limit.orElse(memory).min(memory);
            if (setting.isEmpty() || !(buffers.ratioTo(share) > MOST)) {
                return Stream.empty();
            }
            var others = inventory.running().count() - 1;
            var isFatal = buffers.compareTo(limit.orElse(memory)) >= 0 || buffers.ratioTo(memory) > MOST;
            var of = limit.filter(found -> found.compareTo(memory) < 0).map(found -> "the limit of " + found)
                    .orElse("the server's " + memory
                            + (others > 0 ? ", shared with " + others + " more services" : ""));
            return Stream.of(finding(service, isFatal ? Severity.CRITICAL : Severity.HIGH, setting.get().where(),
                    "shared_buffers " + buffers + " is " + Math.round(buffers.ratioTo(share) * 100) + " % of " + of,
                    "Set shared_buffers to " + limit.orElse(memory.dividedBy(4)).min(memory).dividedBy(4)
                            .roundedDownTo(MemorySize.ofMegabytes(8)) + ", a quarter"));
        });
    }
}
