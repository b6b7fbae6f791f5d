package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A database may lose or corrupt data to be faster.
public final class DurabilityOff implements Rule {
    @Override
    public About about() {
        return new About("DBT001", "durability-off", Severity.CRITICAL, Confidence.CERTAIN,
                "A Postgres or MySQL setting gives up durability.",
                "With fsync or full_page_writes off a power cut or a killed virtual machine can corrupt "
                        + "the whole database; with synchronous_commit off, or innodb_flush_log_at_trx_commit other"
                        + " than 1, the last commits are lost.",
                "Turn them on; for a faster commit use a disk with a battery-backed cache.",
                "https://www.postgresql.org/docs/current/runtime-config-wal.html");
    }

    private static final Map<String, Severity> POSTGRES = Map.of("fsync", Severity.CRITICAL, "full_page_writes",
            Severity.HIGH, "synchronous_commit", Severity.LOW);

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Stream.concat(
                inventory.ofKind("postgres").flatMap(service -> Stream.of("fsync", "full_page_writes",
                        "synchronous_commit").flatMap(name -> service.settings().get(name).stream())
                        .filter(setting -> isOff(setting.value()))
                        .map(setting -> finding(service, POSTGRES.getOrDefault(setting.name(), Severity.HIGH),
                                setting.where(), setting.name() + " is off: "
                                        + (setting.name().equals("synchronous_commit")
                                                ? "the last commits can be lost"
                                                : "a crash of the server can corrupt the database"),
                                "Set " + setting.name() + " = on"))),
                inventory.ofKind("mysql").flatMap(service -> service.settings().get("innodb_flush_log_at_trx_commit")
                        .stream().filter(setting -> !setting.value().equals("1"))
                        .map(setting -> finding(service, Severity.MEDIUM, setting.where(),
                                "innodb_flush_log_at_trx_commit "
                                        + setting.value() + ": up to a second of commits can be lost",
                                "Set it to 1"))));
    }

    private static boolean isOff(String value) {
        return value.toLowerCase(Locale.ROOT).matches("off|false|no|0");
    }
}
