package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// Postgres refuses to start without huge pages.
public final class RequiredHugePages implements Rule {
    @Override
    public About about() {
        return new About("DBT006", "required-huge-pages", Severity.HIGH, Confidence.LIKELY,
                "huge_pages is on.",
                "The server refuses to start where the host has reserved no huge pages, which is the "
                        + "default everywhere.",
                "Set huge_pages = try.",
                "https://www.postgresql.org/docs/current/runtime-config-resource.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> service.settings().get("huge_pages").stream()
                .filter(setting -> setting.value().equalsIgnoreCase("on"))
                .map(setting -> finding(service, setting.where(), "huge_pages = on: Postgres does not start unless the "
                        + "host has reserved huge pages", "Set huge_pages = try")));
    }
}
