package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// io_uring is blocked in containers.
public final class IoUringInContainer implements Rule {
    @Override
    public About about() {
        return new About("DBT007", "io-uring-in-container", Severity.CRITICAL, Confidence.LIKELY,
                "io_method is io_uring.",
                "Docker's default seccomp profile blocks io_uring, so the server does not start.",
                "Set io_method = worker.",
                "https://www.postgresql.org/docs/18/runtime-config-resource.html#GUC-IO-METHOD");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").filter(service -> service.service().node("security_opt").isEmpty())
                .flatMap(service -> service.settings().get("io_method").stream()
                        .filter(setting -> setting.value().equalsIgnoreCase("io_uring"))
                        .map(setting -> finding(service, setting.where(), "io_method = io_uring is blocked by Docker's "
                                + "default seccomp profile", "Set io_method = worker")));
    }
}
