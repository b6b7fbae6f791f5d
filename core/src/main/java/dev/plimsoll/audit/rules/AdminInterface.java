package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Service;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program whose interface is meant for the operator, not for the world.
///
/// @param login whether the service is set up to ask for one
/// @param gives what a visitor gets
record AdminInterface(Pattern images, List<Integer> ports, Severity severity, Predicate<Recognised> login,
        String gives) {
    static final List<AdminInterface> ALL = List.of(
            row("prometheus", "9090", Severity.MEDIUM, words("web.config.file"), "every metric and target"),
            row("alertmanager", "9093", Severity.MEDIUM, words("web.config.file"), "alerts and silences"),
            row("pushgateway", "9091", Severity.MEDIUM, AdminInterface::never, "metrics to read and write"),
            row("loki", "3100", Severity.MEDIUM, AdminInterface::never, "every log line, to read and write"),
            row("rabbitmq", "15672", Severity.MEDIUM, AdminInterface::never, "the management login"),
            row("flower", "5555", Severity.MEDIUM, words("basic").or(words("auth")).or(variables("BASIC_AUTH")),
                    "tasks with their arguments, and control of workers"),
            row("pgadmin4?", "80 443 5050", Severity.MEDIUM, AdminInterface::never,
                    "a login to every database it knows"),
            row("adminer|phpmyadmin", "80 8080", Severity.MEDIUM, AdminInterface::never,
                    "a login page of the databases"),
            row("mongo-express", "8081", Severity.HIGH, variables("ME_CONFIG_BASICAUTH_PASSWORD"),
                    "the databases, to read and write"),
            row("redisinsight|redis-commander", "5540 8001 8081", Severity.HIGH, variables("HTTP_PASSWORD"),
                    "the data, to read and write"),
            row("portainer(-ce|-ee)?", "9000 9443", Severity.MEDIUM, AdminInterface::never,
                    "a login that controls the engine"),
            row("kafka-ui|akhq|kafdrop|console|redpanda-console|cp-enterprise-control-center", "8080 9000 9021",
                    Severity.MEDIUM, variables("AUTH_TYPE").or(variables("BASIC_AUTH")),
                    "topics and messages"),
            row("kibana|opensearch-dashboards", "5601", Severity.MEDIUM,
                    variables("ELASTICSEARCH_PASSWORD").or(variables("OPENSEARCH_PASSWORD"))
                            .or(variables("SERVICEACCOUNTTOKEN")).or(variables("KIBANA_SYSTEM_PASSWORD")),
                    "the search data"),
            row("minio", "9001", Severity.MEDIUM, AdminInterface::never, "the console login"),
            row("auto-setup|temporal|temporal-server|server", "7233", Severity.HIGH, AdminInterface::never,
                    "workflows to start and end, without a login"),
            row("ui", "8080", Severity.MEDIUM, variables("TEMPORAL_AUTH_ENABLED"), "workflows to start and end"),
            row("cadvisor", "8080", Severity.MEDIUM, AdminInterface::never, "every container of the server"),
            row("node-exporter|.*[-_]exporter", "9100 9121 9187 9216 9104 9113 9115 9308", Severity.LOW,
                    AdminInterface::never,
                    "metrics"),
            row("jaeger|jaeger-.*|all-in-one|zipkin", "16686 9411", Severity.MEDIUM, AdminInterface::never, "traces"),
            row("dozzle", "8080", Severity.MEDIUM, variables("DOZZLE_AUTH_PROVIDER"), "the logs of all containers"),
            row("mailhog|mailpit|maildev|mailcatcher", "8025 1025 1080", Severity.MEDIUM,
                    variables("MP_UI_AUTH"), "every mail the stack sends"),
            row("docker-socket-proxy", "2375", Severity.HIGH, AdminInterface::never, "the engine's API"),
            row("standalone-chrome|standalone-firefox|selenium-hub|hub|node-chrome", "4444 7900", Severity.MEDIUM,
                    AdminInterface::never, "a browser inside the network"),
            row("ollama", "11434", Severity.MEDIUM, AdminInterface::never, "the models, to run and delete"),
            row("nginx-proxy-manager", "81", Severity.MEDIUM, AdminInterface::never,
                    "the admin login, admin@example.com at first"),
            row("consul", "8500", Severity.HIGH, AdminInterface::never, "services and keys"));

    private static AdminInterface row(String images, String ports, Severity severity, Predicate<Recognised> login,
            String gives) {
        return new AdminInterface(Pattern.compile(images),
                Stream.of(ports.split(" ", -1)).map(Integer::parseInt).toList(), severity, login, gives);
    }

    boolean isOf(Recognised service) {
        if (!service.clues().imageNameMatches(images) && !images.matcher(service.kind().id()).matches()
                || login.test(service)) {
            return false;
        }
        var repository = service.clues().image().map(image -> image.repository()).orElse("");
        return switch (service.clues().image().map(image -> image.name()).orElse("")) {
            case "server", "auto-setup", "ui" -> repository.contains("temporal");
            case "console" -> repository.contains("redpanda");
            case "hub" -> repository.contains("selenium");
            case "all-in-one" -> repository.contains("jaeger");
            default -> true;
        };
    }

    private static Predicate<Recognised> words(String part) {
        return service -> Login.anyWord(service, part);
    }

    private static Predicate<Recognised> variables(String part) {
        return service -> has(service.service(), part);
    }

    private static boolean never(Recognised service) {
        return service.name().isEmpty();
    }

    private static boolean has(Service service, String part) {
        return service.environment().entrySet().stream().anyMatch(entry -> entry.getKey().toUpperCase(Locale.ROOT)
                .contains(part) && !entry.getValue().value().isBlank());
    }
}
