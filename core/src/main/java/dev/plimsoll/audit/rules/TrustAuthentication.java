package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class TrustAuthentication implements Rule {
    private static final Pattern OPEN_LINE = Pattern.compile("\\s*host(?:ssl|nossl)?\\s+\\S+\\s+\\S+\\s+"
            + "(?:0\\.0\\.0\\.0/0|all|::/0|::0/0)\\s+trust\\b.*");

    @Override
    public About about() {
        return new About("SEC008", "trust-authentication", Severity.MEDIUM, Confidence.CERTAIN,
                "PostgreSQL lets anyone in without a password.",
                "Every container of its networks is superuser. Critical when the port is open to other machines.",
                "Set POSTGRES_PASSWORD and `scram-sha-256`; on an existing volume change pg_hba.conf too.",
                "https://www.postgresql.org/docs/current/auth-trust.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> variable(service).or(() -> file(service, inventory))
                .map(where -> finding(service, Exposure.open(service.service()).isEmpty()
                        ? Severity.MEDIUM
                        : Severity.CRITICAL, where, service.name() + " trusts every connection: no password is asked",
                        "Set POSTGRES_PASSWORD and use scram-sha-256 instead of trust"))
                .stream());
    }

    private static Optional<Location> variable(Recognised service) {
        return service.service().variable("POSTGRES_HOST_AUTH_METHOD").filter(value -> value.value().equals("trust"))
                .map(value -> value.where());
    }

    private static Optional<Location> file(Recognised service, Inventory inventory) {
        return service.service().mounts().stream().filter(mount -> mount.target().endsWith("pg_hba.conf"))
                .flatMap(mount -> inventory.stack().fileAt(service.service(), mount.target()).stream())
                .flatMap(file -> {
                    var lines = file.text().map(text -> text.lines().toList()).orElse(List.of());
                    return Stream.iterate(0, at -> at < lines.size(), at -> at + 1)
                            .filter(at -> OPEN_LINE.matcher(lines.get(at)).matches())
                            .map(at -> Location.ofLine(file.path(), file.firstLine() + at + 1));
                }).findFirst();
    }
}
