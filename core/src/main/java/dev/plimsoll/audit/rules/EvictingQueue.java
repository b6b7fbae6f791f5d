package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Role;
import java.util.stream.Stream;

/// A queue may throw its jobs away.
public final class EvictingQueue implements Rule {
    @Override
    public About about() {
        return new About("DBT020", "evicting-queue", Severity.HIGH, Confidence.LIKELY,
                "A Redis that a queue uses evicts keys when memory is short.",
                "An allkeys policy does not know jobs from cache entries: when the cache is full, waiting"
                        + " jobs disappear without an error.",
                "Give the queue a Redis of its own with noeviction, and the cache another.",
                "https://redis.io/docs/latest/develop/reference/eviction/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("redis").filter(service -> service.role() == Role.BROKER)
                .flatMap(service -> service.settings().get("maxmemory-policy").stream()
                        .filter(policy -> policy.value().startsWith("allkeys"))
                        .map(policy -> finding(service, policy.where(), service.name() + " evicts by " + policy.value()
                                + ", and a queue keeps its jobs there",
                                "Set maxmemory-policy noeviction, and move the "
                                        + "cache to a Redis of its own")));
    }
}
