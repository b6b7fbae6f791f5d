package dev.plimsoll.verify;

import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Planned;
import dev.plimsoll.verify.Look.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a data directory keeps from the day it was made: settings in its own postgresql.conf, and the lack of what the
/// rendered init script gives a new one.
final class PostgresVolume {
    /// Written by initdb with values of the machine, or by an image for its network.
    private static final Set<String> INITDB = Set.of("autovacuum_worker_slots", "datestyle", "timezone", "log_timezone",
            "lc_messages", "lc_monetary", "lc_numeric", "lc_time", "default_text_search_config",
            "dynamic_shared_memory_type", "listen_addresses", "password_encryption", "unix_socket_directories",
            "log_file_mode");
    /// Written by initdb with these values, or less where memory is short.
    private static final Map<String, Double> AT_MOST = Map.of("max_connections", 100.0, "shared_buffers", 16_384.0,
            "max_wal_size", 1024.0, "min_wal_size", 80.0);
    /// In the rendered script.
    static final int FUNCTIONS = 6;
    private static final int NAMED = 6;

    private PostgresVolume() {}

    static Stream<Check> of(Planned server) {
        return Stream.concat(kept(server).stream(), initialised(server.seen()).stream());
    }

    private static Optional<Check> kept(Planned server) {
        var seen = server.seen();
        var file = seen.text("postgres.setting.data_directory").map(directory -> "configuration file " + directory
                + "/postgresql.conf:");
        var kept = file.stream().flatMap(prefix -> seen.all("postgres.source.").filter(fact -> fact.value().startsWith(
                prefix))).filter(fact -> server.service().setting(name(fact)).isEmpty()).filter(fact -> !isOfInitdb(
                        seen, name(fact)))
                .toList();
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(Check.advice(server.name(), "its volume keeps no settings of its own", shown(seen, kept),
                        "It was initialised with them, or somebody wrote them there: remove them from postgresql.conf "
                                + "in the data directory, or give them in the Compose file and plan with them",
                        kept.toArray(Observation[]::new)));
    }

    private static boolean isOfInitdb(Seen seen, String name) {
        return INITDB.contains(name.toLowerCase(Locale.ROOT)) || Optional.ofNullable(AT_MOST.get(name)).flatMap(
                most -> seen.number("postgres.setting." + name).filter(value -> value <= most)).isPresent();
    }

    private static String shown(Seen seen, List<Observation> kept) {
        var first = kept.stream().limit(NAMED).map(fact -> name(fact) + " = " + PostgresDrift.shown(seen.text(
                "postgres.setting." + name(fact)).orElse("something"), seen.text("postgres.unit." + name(fact)).orElse(
                        "")))
                .toList();
        return String.join(", ", first) + (kept.size() > NAMED ? " and " + (kept.size() - NAMED) + " more" : "");
    }

    private static String name(Observation source) {
        return source.what().substring("postgres.source.".length());
    }

    /// The image runs the script on an empty volume only.
    private static Optional<Check> initialised(Seen seen) {
        var what = "has what the rendered init script gives";
        var roles = seen.fact("postgres.initialised.roles");
        var functions = seen.number("postgres.initialised.functions");
        if (roles.isEmpty() || functions.isEmpty()) {
            return Optional.empty();
        }
        var role = roles.get().value().equals("0") ? "no role plimsoll_monitor, " : "";
        var found = role + "%.0f of %d functions".formatted(functions.get(), FUNCTIONS);
        return Optional.of(role.isEmpty() && functions.get() >= FUNCTIONS
                ? Check.passed(seen.service(), what, found, roles.get())
                : Check.advice(seen.service(), what, found, "Its volume is older than 10-plimsoll.sql: run that once "
                        + "with psql in the container, as the output of `plimsoll render` says", roles.get()));
    }
}
