package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.RedisMemory;
import java.util.stream.Stream;

/// One Redis may take nearly half of the server.
public final class RedisAboveHostShare implements Rule {
    @Override
    public About about() {
        return new About("MEM022", "redis-above-host-share", Severity.CRITICAL, Confidence.CERTAIN,
                "maxmemory is 40 % of the server's memory or more, and others share it.",
                "Data of that size with its fragmentation leaves too little for the services that fill "
                        + "it, and a fork doubles it.",
                "Size the cache by what a miss costs; `plimsoll plan` gives it the memory that helps most"
                        + " there.",
                "https://redis.io/docs/latest/operate/oss_and_stack/management/admin/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var memory = inventory.host().memory();
        if (inventory.running().count() < 2) {
            return Stream.empty();
        }
        return inventory.ofKind("redis").filter(service -> Redis.maxMemory(service).ratioTo(memory) >= 0.4)
                .flatMap(service -> service.settings().get("maxmemory").stream().map(setting -> finding(service,
                        setting.where(), "maxmemory " + Redis.maxMemory(service) + " × 1.15 fragmentation = "
                                + Redis.maxMemory(service).times(RedisMemory.FRAGMENTATION) + " of the server's "
                                + memory
                                + ", shared with " + (inventory.running().count() - 1) + " more services",
                        "Lower maxmemory; `plimsoll plan` computes what fits")));
    }
}
