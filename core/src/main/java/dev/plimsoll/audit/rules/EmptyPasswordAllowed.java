package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

public final class EmptyPasswordAllowed implements Rule {
    private static final List<String> VARIABLES = List.of("MYSQL_ALLOW_EMPTY_PASSWORD",
            "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "MARIADB_ALLOW_EMPTY_PASSWORD", "ALLOW_EMPTY_PASSWORD",
            "MYSQL_ALLOW_EMPTY_ROOT_PASSWORD");

    @Override
    public About about() {
        return new About("SEC004", "empty-password-allowed", Severity.MEDIUM, Confidence.CERTAIN,
                "A data service is told to start without a password.",
                "Every container of the stack can read and change everything. High when its port is open to others.",
                "Set a password and remove the variable.",
                "https://github.com/docker-library/docs/blob/master/mysql/README.md");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().filter(service -> service.role().isStateful()).flatMap(service -> VARIABLES.stream()
                .filter(name -> Login.truth(service.service(), name) && !hasPassword(service)).limit(1)
                .flatMap(name -> Optional.of(service).flatMap(found -> found.service().variable(name)).stream()
                        .map(Located::where)
                        .map(where -> finding(service, Exposure.open(service.service()).isEmpty()
                                ? Severity.MEDIUM
                                : Severity.HIGH, where,
                                service.name() + " runs without a password: " + name
                                        + " is set",
                                "Set a password and remove " + name))));
    }

    private static boolean hasPassword(Recognised service) {
        return service.service().environment().entrySet().stream().anyMatch(entry -> entry.getKey()
                .endsWith("PASSWORD") && !entry.getKey().contains("ALLOW") && !entry.getValue().value().isBlank());
    }
}
