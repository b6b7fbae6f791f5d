package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.source.Location;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class UnreachablePostgres implements Rule {
    private static final Pattern LOCAL = Pattern.compile("'?\\s*(localhost|127\\.0\\.0\\.1|::1)?\\s*'?");

    @Override
    public About about() {
        return new About("REL018", "unreachable-postgres", Severity.HIGH, Confidence.CERTAIN,
                "A PostgreSQL config file leaves the server listening on localhost only.",
                "The image puts `listen_addresses = '*'` into the postgresql.conf it makes. A file of one's own "
                        + "replaces that one, and the built-in default is localhost: no other container can connect.",
                "Write `listen_addresses = '*'` into the mounted file.",
                "https://github.com/docker-library/docs/blob/master/postgres/README.md#database-configuration");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> file(service).flatMap(file -> {
            var listen = service.settings().get("listen_addresses");
            var isLocal = listen.map(setting -> LOCAL.matcher(setting.value()).matches()).orElse(true);
            var includes = service.settings().get("include").or(() -> service.settings().get("include_dir"))
                    .or(() -> service.settings().get("include_if_exists"));
            if (!isLocal || listen.isEmpty() && includes.isPresent() || inventory.clientsOf(service).isEmpty()
                    && service.service().ports().isEmpty()) {
                return Optional.<Finding>empty();
            }
            return Optional.of(finding(service, listen.map(Setting::where).orElse(Location.ofFile(file)),
                    file + " replaces the image's postgresql.conf and "
                            + listen.map(setting -> "sets listen_addresses = '" + setting.value() + "'")
                                    .orElse("does not set listen_addresses")
                            + ", so " + service.name() + " listens on localhost only and no other container reaches it",
                    "Add listen_addresses = '*' to " + file));
        }).stream());
    }

    private static Optional<String> file(Recognised service) {
        if (service.clues().image().filter(image -> image.repository().contains("bitnami")).isPresent()) {
            return Optional.empty();
        }
        return service.settings().effective().values().stream()
                .filter(setting -> setting.origin() == Setting.Origin.FILE).findFirst()
                .map(setting -> setting.where().file());
    }
}
