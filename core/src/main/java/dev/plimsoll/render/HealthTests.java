package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import java.util.List;
import java.util.Optional;

/// Commands that ask a service itself whether it works, for images that surely hold the program the command needs.
final class HealthTests {
    private HealthTests() {}

    /// `CMD` or `CMD-SHELL` and what follows. Over TCP where an image starts a temporary server first that listens on
    /// a socket only.
    static Optional<List<String>> of(Recognised service) {
        if (service.service().isBuilt() || isBare(service)) {
            return Optional.empty();
        }
        return switch (service.kind().id()) {
            case "postgres" -> Optional.of(List.of("CMD-SHELL", "pg_isready -q -h 127.0.0.1 -U "
                    + "\"$${POSTGRES_USER:-postgres}\" -d \"$${POSTGRES_DB:-$${POSTGRES_USER:-postgres}}\""));
            case "redis" -> Optional.of(List.of("CMD-SHELL", (service.clues().imageIs("valkey/valkey")
                    ? "valkey-cli"
                    : "redis-cli") + " ping | grep -q PONG"));
            case "pgbouncer" -> Optional.of(List.of("CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-p",
                    service.settings().value("listen_port").orElse("5432")));
            case "mysql" -> Optional.of(service.clues().imageIs("mariadb")
                    ? List.of("CMD", "healthcheck.sh", "--connect", "--innodb_initialized")
                    : List.of("CMD", "mysqladmin", "ping", "-h", "127.0.0.1", "--silent"));
            case "rabbitmq" -> Optional.of(List.of("CMD", "rabbitmq-diagnostics", "-q", "ping"));
            case "mongo" -> Optional.of(List.of("CMD", "mongosh", "--quiet", "--eval",
                    "db.runCommand({ ping: 1 }).ok"));
            case "prometheus" -> http(9090, "/-/healthy");
            case "alertmanager" -> http(9093, "/-/healthy");
            case "grafana" -> http(3000, "/api/health");
            case "node-exporter" -> http(9100, "/");
            case "postgres-exporter" -> http(9187, "/");
            default -> Optional.empty();
        };
    }

    /// Images without a shell and the usual programs.
    private static boolean isBare(Recognised service) {
        return service.service().image().filter(image -> image.value().contains("distroless")
                || image.value().contains("scratch")).isPresent();
    }

    private static Optional<List<String>> http(int port, String path) {
        return Optional.of(List.of("CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:" + port + path));
    }
}
