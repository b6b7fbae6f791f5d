package dev.plimsoll.render;

import dev.plimsoll.kinds.Clues;
import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.PostgresParameters;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import java.util.List;
import java.util.Optional;

/// How the image of a Postgres service takes a config file.
///
/// @param way where the file goes
/// @param major the server's version
/// @param dataDirectory where initdb wrote its own postgresql.conf
/// @param libraries what the image needs in shared_preload_libraries
/// @param hasContrib whether pg_stat_statements surely is in the image
record PostgresImage(Way way, int major, String dataDirectory, List<String> libraries, boolean hasContrib) {
    /// The first major whose official image keeps each version's data in a directory of its own.
    private static final int FIRST_WITH_VERSIONED_DATA = 18;

    PostgresImage {
        libraries = List.copyOf(libraries);
    }

    /// Where a config file goes.
    enum Way {
        /// The entrypoint of the official image: `postgres -c config_file=...` is its command.
        OFFICIAL,
        /// A directory of additions that the image includes.
        BITNAMI,
        /// Another entrypoint, or none that is known.
        UNKNOWN
    }

    static PostgresImage of(Recognised service) {
        var major = Postgres.major(service.clues()).orElse(Postgres.NEWEST_MAJOR);
        var name = service.clues().image().map(image -> image.name()).orElse("");
        var repository = service.clues().image().map(image -> image.repository()).orElse("");
        var isHidden = service.mayHide("postgresql.conf", "pg_hba.conf", "shared_preload_libraries", "/etc/postgresql");
        var way = isHidden
                ? Way.UNKNOWN
                : repository.contains("bitnami")
                        ? Way.BITNAMI
                        : isOfficial(service.clues(), name, repository) ? Way.OFFICIAL : Way.UNKNOWN;
        return new PostgresImage(way, major, data(service, major), switch (name) {
            case "timescaledb" -> List.of("timescaledb");
            case "citus" -> List.of("citus");
            default -> List.of();
        }, way == Way.OFFICIAL);
    }

    /// Images built on the official one that keep its entrypoint.
    private static boolean isOfficial(Clues clues, String name, String repository) {
        return name.equals("postgres") && !repository.startsWith("supabase/") && !repository.contains("immich")
                || clues.imageIs("pgvector/pgvector", "ankane/pgvector", "postgis/postgis", "imresamu/postgis",
                        "mdillon/postgis", "nickblah/postgis", "timescale/timescaledb", "citusdata/citus");
    }

    private static String data(Recognised service, int major) {
        return service.service().variable("PGDATA").map(Located::value).orElse(major < FIRST_WITH_VERSIONED_DATA
                ? "/var/lib/postgresql/data"
                : "/var/lib/postgresql/" + major + "/docker");
    }

    /// The parameter as this version knows it.
    Optional<PostgresParameters.Parameter> parameter(String name) {
        return PostgresParameters.find(name, major);
    }

    /// Whether Plimsoll knows what this version's settings are called.
    boolean isCovered() {
        return major >= PostgresParameters.FIRST_MAJOR && major <= PostgresParameters.LAST_MAJOR;
    }
}
