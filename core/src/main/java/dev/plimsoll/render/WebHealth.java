package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.source.Located;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Health tests over HTTP, of images with wget.
final class WebHealth {
    private WebHealth() {}

    static Optional<HealthTest> of(Recognised service) {
        return switch (service.kind().id()) {
            case "prometheus" -> flagged(service, "9090", "/-/healthy", "prometheus");
            case "alertmanager" -> flagged(service, "9093", "/-/healthy", "alertmanager");
            case "node-exporter" -> flagged(service, "9100", "/", "node_exporter");
            case "postgres-exporter" -> service.clues().has("PG_EXPORTER_WEB_LISTEN_ADDRESS")
                    ? Optional.empty()
                    : flagged(service, "9187", "/", "postgres_exporter");
            case "grafana" -> grafana(service);
            default -> Optional.empty();
        };
    }

    /// A server with the flags of Prometheus' family, in an image of its makers.
    private static Optional<HealthTest> flagged(Recognised service, String usualPort, String path, String program) {
        var flags = PrometheusServer.flags(service.clues().invocations(), program);
        var address = flags.flatMap(run -> run.option("--web.listen-address")).map(Located::value);
        if (!service.clues().imageIs("prom/prometheus", "prometheus/prometheus", "prom/alertmanager",
                "prometheus/alertmanager", "prom/node-exporter", "prometheus/node-exporter",
                "prometheuscommunity/postgres-exporter") || !HealthTests.starts(service, program)
                || flags.filter(PrometheusGlobals::isServedElsewhere).isPresent()) {
            return Optional.empty();
        }
        return address.isEmpty()
                ? Optional.of(get(usualPort, path))
                : address.filter(text -> text.matches("(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|localhost|\\[::])?:\\d+"))
                        .map(text -> get(text.substring(text.lastIndexOf(':') + 1), path));
    }

    private static Optional<HealthTest> grafana(Recognised service) {
        var isKnown = service.clues().imageIs("grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise")
                && service.clues().image().flatMap(image -> image.tag()).filter(tag -> tag.contains("ubuntu")).isEmpty()
                && HealthTests.hasOwnStart(service) && !isServedElsewhere(service);
        return HealthTests.port(variable(service, "GF_SERVER_HTTP_PORT"), "3000").filter(_ -> isKnown)
                .map(port -> get(port, "/api/health"));
    }

    private static boolean isServedElsewhere(Recognised service) {
        var definition = service.service();
        return variable(service, "GF_SERVER_PROTOCOL").filter(protocol -> !protocol.equals("http")).isPresent()
                || variable(service, "GF_SERVER_SERVE_FROM_SUB_PATH").filter(flag -> !flag.equals("false")).isPresent()
                || service.clues().has("GF_SERVER_HTTP_ADDR") || service.clues().has("GF_PATHS_CONFIG")
                || Stream.concat(definition.mounts().stream().map(mount -> mount.target()), definition.files().stream()
                        .map(file -> file.target())).anyMatch(path -> path.matches("/etc/grafana(?:/grafana\\.ini)?"));
    }

    private static Optional<String> variable(Recognised service, String name) {
        return service.service().variable(name).map(Located::value);
    }

    private static HealthTest get(String port, String path) {
        return HealthTest.of(List.of("CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:" + port + path));
    }
}
