package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.stack.Mount;
import java.util.Optional;
import java.util.stream.Stream;

public final class MisplacedDataVolume implements Rule {
    private static final String POSTGRES = "/var/lib/postgresql";

    @Override
    public About about() {
        return new About("REL008", "data-volume-at-wrong-path", Severity.CRITICAL, Confidence.CERTAIN,
                "A volume is mounted where the image does not store its data.",
                "The data goes to an anonymous volume or into the container and is lost when it is made anew, while "
                        + "the named volume stays empty. PostgreSQL images from 18 on refuse to start with a volume at "
                        + "/var/lib/postgresql/data; those up to 17 put an anonymous volume below one at "
                        + "/var/lib/postgresql.",
                "Mount the volume at the image's own data directory.",
                "https://github.com/docker-library/docs/blob/master/postgres/README.md#pgdata");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> (service.is("postgres") && !isBitnami(service)
                ? postgres(service)
                : other(service)).stream());
    }

    private static boolean isBitnami(Recognised service) {
        return service.clues().image().filter(image -> image.repository().contains("bitnami")).isPresent();
    }

    private Optional<Finding> postgres(Recognised service) {
        if (DataDirectories.of(service).isEmpty() || service.clues().has("PGDATA")) {
            return Optional.empty();
        }
        var major = DataDirectories.postgresMajor(service);
        var atData = at(service, POSTGRES + "/data");
        var atParent = at(service, POSTGRES);
        if (major.filter(number -> number >= 18).isPresent() && atData.isPresent() && atParent.isEmpty()) {
            var pinned = service.service().foundation().filter(image -> !image.isFloating()).isPresent();
            return Optional.of(finding(service, pinned
                    ? atData.get().where()
                    : service.service().where("image"),
                    "PostgreSQL " + (pinned
                            ? String.valueOf(major.get())
                            : "behind the tag " + service.service().foundation().flatMap(i -> i.tag())
                                    .orElse("latest") + " is 18 or newer, which")
                            + " refuses to start with a volume at " + atData.get().target()
                            + " (line " + atData.get().where().line() + ")",
                    pinned
                            ? "Mount the volume at /var/lib/postgresql"
                            : "Pin the major the data was made with, such as postgres:17, or mount the volume at "
                                    + "/var/lib/postgresql"));
        }
        if (major.filter(number -> number < 18).isPresent() && atParent.isPresent() && atData.isEmpty()
                && isLaidOutAsUsual(
                        service)) {
            return Optional.of(finding(service, atParent.get().where(), "PostgreSQL " + major.get()
                    + " stores data in /var/lib/postgresql/data, where the image puts an anonymous volume of its own; "
                    + "the one at /var/lib/postgresql stays empty", "Mount the volume at /var/lib/postgresql/data"));
        }
        return atData.isPresent() || atParent.isPresent() ? Optional.empty() : other(service);
    }

    /// Other images keep their data where they like.
    private static boolean isLaidOutAsUsual(Recognised service) {
        return service.service().foundation()
                .filter(image -> image.repository().matches("(?:docker\\.io/)?(?:library/)?"
                        + "postgres|.*/(?:postgis|pgvector|timescaledb|pg_?vector|postgres-postgis)"))
                .isPresent();
    }

    private static Optional<Mount> at(Recognised service, String path) {
        return service.service().mounts().stream().filter(mount -> mount.target().equals(path)).findFirst();
    }

    private Optional<Finding> other(Recognised service) {
        var paths = DataDirectories.of(service);
        if (!service.is("postgres", "mysql", "sqlserver", "mongo", "elasticsearch", "clickhouse") || paths.isEmpty()
                || DataDirectories.mount(service).isPresent()
                || TemporaryFiles.isMountedAt(service, paths.getFirst())) {
            return Optional.empty();
        }
        var severity = service.role() == Role.DATABASE ? Severity.CRITICAL : Severity.HIGH;
        return DataDirectories.meantForData(service).stream().findFirst().map(mount -> finding(service, severity,
                mount.where(),
                service.name() + " stores data in " + paths.getFirst() + ", but the volume is mounted at "
                        + mount.target(),
                "Mount it at " + paths.getFirst()));
    }
}
