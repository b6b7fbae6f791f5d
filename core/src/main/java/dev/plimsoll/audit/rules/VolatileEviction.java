package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Role;
import java.util.stream.Stream;

/// Eviction that may find nothing to evict.
public final class VolatileEviction implements Rule {
    @Override
    public About about() {
        return new About("DBT021", "volatile-eviction", Severity.LOW, Confidence.ADVICE,
                "A Redis evicts only keys with a time to live.",
                "Where keys have none, a volatile policy acts as noeviction: writes fail when the memory "
                        + "is full.",
                "Use an allkeys policy where all of it may be lost, noeviction for a queue.",
                "https://redis.io/docs/latest/develop/reference/eviction/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("redis").flatMap(service -> service.settings().get("maxmemory-policy").stream()
                .filter(policy -> policy.value().startsWith("volatile"))
                .map(policy -> finding(service, policy.where(),
                        policy.value() + " evicts nothing where keys have no time "
                                + "to live",
                        service.role() == Role.BROKER
                                ? "Set maxmemory-policy noeviction"
                                : "Set maxmemory-policy allkeys-lru if all of it may be lost, else noeviction")));
    }
}
