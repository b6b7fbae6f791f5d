package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.kinds.ServiceHints.RedisRole;
import java.util.stream.Stream;

/// Redis may grow without bound.
public final class RedisWithoutMaxmemory implements Rule {
    @Override
    public About about() {
        return new About("MEM020", "redis-without-maxmemory", Severity.MEDIUM, Confidence.CERTAIN,
                "A Redis has no maxmemory.",
                "Redis grows until the container or the server is out of memory and is then killed, "
                        + "instead of evicting keys or refusing writes.",
                "Set maxmemory: with allkeys-lru where all of it may be lost, with noeviction for a queue, which must not"
                        + " lose jobs.",
                "https://redis.io/docs/latest/develop/reference/eviction/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("redis").filter(service -> Redis.maxMemory(service).isZero()
                && !service.clues().imageIs("dragonfly")).map(service -> {
                    var broker = service.role() == Role.BROKER;
                    var cache = service.hints().isFor(RedisRole.CACHE);
                    return finding(service, service.service().where(), service.name() + " has no maxmemory"
                            + service.limit().map(limit -> " and is killed at its limit of " + limit.value())
                                    .orElse(" and no limit, so it may take the whole server"),
                            broker
                                    ? "Set maxmemory with policy noeviction: a queue uses it"
                                    : cache
                                            ? "Set maxmemory with policy allkeys-lru: it may lose everything, as its role says"
                                            : "Set maxmemory with policy noeviction, or allkeys-lru if all of it is a cache and may be lost");
                });
    }
}
