package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.kinds.Setting;
import java.util.stream.Stream;

/// A cache that refuses writes when it is full.
public final class NonEvictingCache implements Rule {
    @Override
    public About about() {
        return new About("DBT025", "non-evicting-cache", Severity.LOW, Confidence.ADVICE,
                "A Redis with maxmemory that only caches has no eviction policy.",
                "When it is full, writes fail with an OOM error instead of making room.",
                "Set maxmemory-policy allkeys-lru.",
                "https://redis.io/docs/latest/develop/reference/eviction/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("redis").filter(service -> service.role() == Role.CACHE
                && !Redis.maxMemory(service).isZero() && !Redis.usesAof(service))
                .filter(service -> inventory.clientsOf(service).stream().anyMatch(NonEvictingCache::caches))
                .flatMap(service -> service.settings().get("maxmemory-policy").stream()
                        .filter(policy -> policy.value().equals("noeviction"))
                        .map(policy -> finding(service, service.settings().get("maxmemory").map(Setting::where)
                                .orElse(service.service().where()),
                                service.name() + " is full at "
                                        + Redis.maxMemory(service)
                                        + " and then refuses writes: its policy is noeviction",
                                "Set maxmemory-policy allkeys-lru if it only caches")));
    }

    private static boolean caches(Recognised client) {
        return client.service().environment().keySet().stream().anyMatch(name -> name.contains("CACHE"));
    }
}
