package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// wal_level minimal contradicts max_wal_senders.
public final class MinimalWalWithSenders implements Rule {
    @Override
    public About about() {
        return new About("DBT009", "minimal-wal-with-senders", Severity.CRITICAL, Confidence.CERTAIN,
                "wal_level is minimal and max_wal_senders is not 0.",
                "The server refuses to start: WAL streaming needs wal_level replica.",
                "Set max_wal_senders = 0 as well, or wal_level = replica, which backups need.",
                "https://www.postgresql.org/docs/current/runtime-config-wal.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> service.settings().get("wal_level").stream()
                .filter(setting -> setting.value().equalsIgnoreCase("minimal"))
                .filter(_ -> service.settings().integer("max_wal_senders").orElse(10) > 0)
                .map(setting -> finding(service, setting.where(), "wal_level = minimal with max_wal_senders "
                        + service.settings().value("max_wal_senders").orElse("10 (default)")
                        + ": the server refuses to start", "Set max_wal_senders = 0, or wal_level = replica")));
    }
}
