package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// Every write waits for the disk.
public final class AlwaysFsyncedAof implements Rule {
    @Override
    public About about() {
        return new About("DBT023", "always-fsynced-aof", Severity.LOW, Confidence.ADVICE,
                "appendfsync is always.",
                "Each write waits for the disk, so Redis is as slow as it: everysec loses at most one "
                        + "second.",
                "Set appendfsync everysec unless no write may be lost.",
                "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("redis").flatMap(service -> service.settings().get("appendfsync").stream()
                .filter(setting -> setting.value().equalsIgnoreCase("always"))
                .map(setting -> finding(service, setting.where(),
                        "appendfsync always makes every write wait for the disk",
                        "Set appendfsync everysec")));
    }
}
