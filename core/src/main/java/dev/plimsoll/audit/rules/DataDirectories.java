package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Mount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a service's data lies in its container, and what is mounted there.
public final class DataDirectories {
    /// Images whose layout differs from the rest of their family.
    private static final Pattern UNKNOWN_LAYOUT = Pattern.compile("timescaledb-ha|spilo.*|cloudnative-?pg|patroni.*");
    private static final Pattern NO_DATA = Pattern.compile("/docker-entrypoint-initdb\\.d.*|/etc(/.*)?|/run(/.*)?|"
            + "/tmp(/.*)?|/opt(/.*)?|/(?:.*/)?(?:conf|config|configs|conf\\.d|certs?|ssl|tls|secrets?|backups?|dumps?|"
            + "logs?|scripts?|init|initdb|plugins?|snapshots?|sql|home|usr/local/bin)(/.*)?|/var/log(/.*)?|"
            + ".*\\.[a-z]{2,5}");

    private DataDirectories() {}

    /// Directories that hold data, by the image's own layout and by what the command says.
    public static List<String> of(Recognised service) {
        if (service.clues().imageNameMatches(UNKNOWN_LAYOUT) || service.service().foundation().isEmpty()
                || service.service().node("volumes_from").isPresent()) {
            return List.of();
        }
        var paths = new ArrayList<>(service.is("postgres") && usesVersionedDirectory(service)
                ? List.of("/var/lib/postgresql")
                : service.kind().dataPaths(service.service()));
        if (!paths.isEmpty()) {
            service.clues().invocations().stream().flatMap(run -> run.arguments().stream())
                    .flatMap(word -> Stream.of(word.value().split("[=\\s]", -1)))
                    .filter(word -> word.startsWith("/") && !word.contains(".conf")).forEach(paths::add);
            service.settings().value("dir").ifPresent(paths::add);
            List.of("KAFKA_LOG_DIRS", "MINIO_VOLUMES", "ETCD_DATA_DIR", "path.data", "NEO4J_dbms_directories_data",
                    "KAFKA_CFG_LOG_DIRS", "RABBITMQ_MNESIA_BASE", "MEILI_DB_PATH", "TYPESENSE_DATA_DIR",
                    "PERSISTENCE_DATA_PATH", "QDRANT__STORAGE__STORAGE_PATH")
                    .forEach(name -> service.service().variable(name).ifPresent(path -> paths.add(path.value())));
        }
        return List.copyOf(paths);
    }

    /// Whether the official image keeps data in `/var/lib/postgresql/MAJOR/docker`, as it does from 18 on.
    static boolean usesVersionedDirectory(Recognised service) {
        return !service.clues().has("PGDATA") && postgresMajor(service).filter(major -> major >= 18).isPresent();
    }

    /// The major of images built from the official one; a floating tag of the official one is the newest.
    static Optional<Integer> postgresMajor(Recognised service) {
        var image = service.service().foundation();
        var known = Postgres.major(service.clues()).filter(major -> major >= 8);
        if (known.isPresent() || image.isEmpty()) {
            return known;
        }
        return image.get().repository().equals("postgres") && image.get().digest().isEmpty()
                ? Optional.of(Postgres.NEWEST_MAJOR)
                : Optional.empty();
    }

    /// What is mounted at a data directory or above it; the nearest one.
    static Optional<Mount> mount(Recognised service) {
        var paths = of(service);
        return service.service().mounts().stream()
                .filter(mount -> paths.stream().anyMatch(path -> mount.covers(trimmed(path))
                        || mount.target().startsWith(trimmed(path) + "/") && !path.equals("/")))
                .max(Comparator.comparingInt(mount -> mount.target().length()));
    }

    /// Mounts that look as if they were meant for data.
    static List<Mount> meantForData(Recognised service) {
        return service.service().mounts().stream()
                .filter(mount -> mount.type() == Mount.Type.VOLUME || mount.type() == Mount.Type.BIND)
                .filter(mount -> !mount.readOnly() && !NO_DATA.matcher(mount.target()).matches()).toList();
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
