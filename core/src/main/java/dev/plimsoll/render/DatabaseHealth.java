package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Health tests of SQL databases, their pooler and MongoDB. Over TCP, because images first start a temporary server
/// that listens on a socket only.
final class DatabaseHealth {
    private static final String LOCAL = "127.0.0.1";
    /// The first MongoDB whose image has mongosh for sure, and no other shell.
    private static final int FIRST_MONGO_WITH_MONGOSH = 6;
    /// The first MariaDB without programs that are called after MySQL.
    private static final int FIRST_MARIADB_OF_ITS_OWN = 11;

    private DatabaseHealth() {}

    /// pg_isready succeeds whatever the login is; the user only keeps an error out of the log. It reads PGPORT as the
    /// server does.
    static Optional<HealthTest> postgres(Recognised service) {
        var isKnown = switch (PostgresImage.of(service).way()) {
            case OFFICIAL -> HealthTests.starts(service, "postgres");
            case BITNAMI -> HealthTests.hasOwnStart(service) && !service.clues().has("POSTGRESQL_PORT_NUMBER");
            case UNKNOWN -> false;
        };
        var written = service.clues().runOrArguments("postgres").flatMap(run -> run.option("-p")).map(Located::value)
                .or(() -> service.settings().value("port"));
        var port = written.isEmpty() ? Optional.of("") : HealthTests.port(written, "").map(text -> "-p " + text + " ");
        return port.filter(_ -> isKnown).map(option -> HealthTest.of(List.of("CMD-SHELL", "pg_isready -q -h " + LOCAL
                + " " + option + "-U \"$${POSTGRES_USER:-postgres}\" "
                + "-d \"$${POSTGRES_DB:-$${POSTGRES_USER:-postgres}}\"")));
    }

    /// Only the image of edoburu is known to hold pg_isready.
    static Optional<HealthTest> pgBouncer(Recognised service) {
        var port = switch (PgBouncerSource.of(service)) {
            case PgBouncerSource.Mounted _ -> mounted(service, "listen_addr").flatMap(_ -> HealthTests.port(mounted(
                    service, "listen_port"), "6432"));
            case PgBouncerSource.Variables _,PgBouncerSource.Entrypoint _ -> HealthTests.port(service.settings()
                    .value("listen_port"), "5432");
            case PgBouncerSource.Unknown _ -> Optional.<String>empty();
        };
        return port.filter(_ -> service.clues().imageIs("edoburu/pgbouncer") && HealthTests.starts(service, "pgbouncer")
                && HealthTests.isLocal(service.settings().value("listen_addr")))
                .map(found -> HealthTest.of(List.of("CMD", "pg_isready", "-q", "-h", LOCAL, "-p", found)));
    }

    /// A mounted pgbouncer.ini is all that counts; the image's variables would only make one.
    private static Optional<String> mounted(Recognised service, String setting) {
        return service.settings().get(setting).filter(found -> found.origin() == Setting.Origin.FILE).map(
                Setting::value);
    }

    /// The ping succeeds whatever the login is.
    static Optional<HealthTest> mySql(Recognised service) {
        if (!HealthTests.isOfficial(service, "mysql", "mariadb") || !HealthTests.starts(service, "mysqld", "mariadbd")
                || !service.settings().missing().isEmpty()
                || !HealthTests.isLocal(service.settings().value("bind_address"))) {
            return Optional.empty();
        }
        var isMariaDb = HealthTests.isOfficial(service, "mariadb")
                && service.clues().image().flatMap(image -> image.major())
                        .orElse(FIRST_MARIADB_OF_ITS_OWN) >= FIRST_MARIADB_OF_ITS_OWN;
        var port = service.clues().runOrArguments("mysqld", "mariadbd").flatMap(run -> run.option("-P"))
                .map(Located::value).or(() -> service.settings().value("port"));
        return HealthTests.port(port, "3306").map(found -> {
            var words = new ArrayList<>(List.of("CMD", isMariaDb ? "mariadb-admin" : "mysqladmin", "ping", "-h",
                    LOCAL));
            words.addAll(port.isEmpty() ? List.of() : List.of("-P", found));
            words.add("--silent");
            return HealthTest.of(words);
        });
    }

    /// A ping needs no login.
    static Optional<HealthTest> mongo(Recognised service) {
        var run = service.clues().runOrArguments("mongod");
        var isKnown = HealthTests.isOfficial(service, "mongo") && HealthTests.starts(service, "mongod")
                && service.clues().image().flatMap(image -> image.major())
                        .orElse(FIRST_MONGO_WITH_MONGOSH) >= FIRST_MONGO_WITH_MONGOSH
                && run.stream().noneMatch(DatabaseHealth::listensElsewhere);
        var port = run.flatMap(found -> found.option("--port")).map(Located::value);
        return HealthTests.port(port, "27017").filter(_ -> isKnown).map(found -> {
            var words = new ArrayList<>(List.of("CMD", "mongosh", "--quiet"));
            words.addAll(port.isEmpty() ? List.of() : List.of("--port", found));
            words.addAll(List.of("--eval", "db.runCommand({ ping: 1 }).ok"));
            return HealthTest.ofDear(words);
        });
    }

    /// Whether its flags change the port or ask for TLS, or name a file that may.
    private static boolean listensElsewhere(Invocation run) {
        return run.arguments().stream().map(Located::value).anyMatch(word -> Stream.of("--config", "-f", "--tls",
                "--ssl", "--configsvr", "--shardsvr").anyMatch(word::startsWith))
                || !HealthTests.isLocal(run.option("--bind_ip").map(Located::value));
    }
}
