package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// The planner is told of more cache than there can be.
public final class EffectiveCacheAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM013", "effective-cache-above-limit", Severity.MEDIUM, Confidence.CERTAIN,
                "effective_cache_size is above the container's limit or the server's memory.",
                "The page cache counts towards the limit, so the planner believes in a cache that cannot "
                        + "exist and prefers index scans that go to the disk.",
                "Set effective_cache_size to half or three quarters of the limit.",
                "https://www.postgresql.org/docs/current/runtime-config-query.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> {
            var major = Postgres.major(service.clues()).orElse(Postgres.NEWEST_MAJOR);
            var setting = service.settings().get("effective_cache_size");
            var size = PostgresMemory.memory(service.settings(), "effective_cache_size", major);
            var memory = inventory.host().memory();
            var bound = service.limit().map(Located::value).orElse(memory).min(memory);
            return setting.stream().filter(_ -> size.filter(found -> found.isLargerThan(bound)).isPresent())
                    .map(found -> finding(service, found.where(), "effective_cache_size " + size.orElseThrow()
                            + " is above " + (service.limit().isPresent() ? "the limit of " : "the server's ") + bound,
                            "Set effective_cache_size to "
                                    + bound.times(0.6).roundedDownTo(MemorySize.ofMegabytes(8))));
        });
    }
}
