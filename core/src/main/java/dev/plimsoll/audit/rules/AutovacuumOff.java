package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.Locale;
import java.util.stream.Stream;

/// Autovacuum is off.
public final class AutovacuumOff implements Rule {
    @Override
    public About about() {
        return new About("DBT012", "autovacuum-off", Severity.HIGH, Confidence.CERTAIN,
                "autovacuum is off.",
                "Dead rows pile up, tables and indexes grow without bound, and in the end the server "
                        + "stops taking writes to prevent transaction ID wraparound.",
                "Turn it on; to spare the disk raise autovacuum_vacuum_cost_delay instead.",
                "https://www.postgresql.org/docs/current/routine-vacuuming.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> service.settings().get("autovacuum").stream()
                .filter(setting -> setting.value().toLowerCase(Locale.ROOT).matches("off|false|no|0"))
                .map(setting -> finding(service, setting.where(), "autovacuum is off: tables grow without bound",
                        "Set autovacuum = on")));
    }
}
