package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Service;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a data service asks of a client before it serves it.
///
/// @param words for a message: `without a password`
record Login(Strength strength, String words) {
    enum Strength {
        /// Nothing at all.
        NONE,
        /// A password that anyone tries first.
        WEAK,
        /// A password, or nothing that can be judged.
        PRESENT
    }

    private static final List<String> WITHOUT_LOGIN = List.of("zookeeper", "cp-zookeeper", "cassandra", "scylla",
            "milvus", "chroma");
    private static final Login NONE = new Login(Strength.NONE, "without a password");
    private static final Login PRESENT = new Login(Strength.PRESENT, "with nothing but its login in the way");

    static Login of(Recognised service) {
        var definition = service.service();
        return switch (service.kind().id()) {
            case "postgres" -> isSet(definition, "POSTGRES_HOST_AUTH_METHOD", "trust")
                    ? new Login(Strength.NONE, "with trust authentication")
                    : password(definition, "POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD");
            case "mysql" -> truth(definition, "MYSQL_ALLOW_EMPTY_PASSWORD", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
                    "MARIADB_ALLOW_EMPTY_PASSWORD", "ALLOW_EMPTY_PASSWORD")
                            ? NONE
                            : password(definition, "MYSQL_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD", "MYSQL_PASSWORD",
                                    "MARIADB_PASSWORD");
            case "sqlserver" -> password(definition, "MSSQL_SA_PASSWORD", "SA_PASSWORD");
            case "redis" -> redis(service);
            case "mongo" -> mongo(service);
            case "elasticsearch" -> elasticsearch(service);
            case "memcached" -> NONE;
            case "kafka" -> anyVariable(definition, "SASL") || anyVariable(definition, "SSL_") ? PRESENT : NONE;
            case "qdrant" -> demanded(definition, "without an API key", "QDRANT__SERVICE__API_KEY",
                    "QDRANT_API_KEY");
            case "weaviate" -> demanded(definition, "without an API key", "AUTHENTICATION_APIKEY_ENABLED",
                    "AUTHENTICATION_OIDC_ENABLED");
            case "meilisearch" -> demanded(definition, "without a master key", "MEILI_MASTER_KEY");
            case "minio" -> minio(service);
            case "rabbitmq" -> password(definition, "RABBITMQ_DEFAULT_PASS");
            case "etcd" -> anyWord(service, "client-cert-auth") || anyVariable(definition, "CERT") ? PRESENT : NONE;
            case "clickhouse" -> password(definition, "CLICKHOUSE_PASSWORD");
            default -> service.clues().image().filter(image -> WITHOUT_LOGIN.contains(image.name())).isPresent()
                    ? new Login(Strength.NONE, "without a login")
                    : PRESENT;
        };
    }

    private static Login redis(Recognised service) {
        var password = service.settings().value("requirepass").filter(value -> !value.isBlank());
        if (password.isPresent()) {
            return judged(service.service(), "REDIS_PASSWORD", password.get());
        }
        var isUnknown = service.service().imageReference().isEmpty() || !service.settings().missing().isEmpty()
                || Redis.hasPassword(service) || anyWord(service, "requirepass") || anyWord(service, ".conf")
                        && service.settings().effective().values().stream()
                                .noneMatch(setting -> setting.origin() == Setting.Origin.FILE);
        return isUnknown ? PRESENT : NONE;
    }

    private static Login mongo(Recognised service) {
        var definition = service.service();
        if (anyVariable(definition, "ROOT_PASSWORD") || anyVariable(definition, "MONGODB_PASSWORD")) {
            return password(definition, "MONGO_INITDB_ROOT_PASSWORD", "MONGODB_ROOT_PASSWORD");
        }
        return anyWord(service, "--auth") || anyWord(service, "--keyFile") || anyWord(service, "--config")
                || anyWord(service, "-f")
                        ? PRESENT
                        : NONE;
    }

    private static Login elasticsearch(Recognised service) {
        var definition = service.service();
        var off = isSet(definition, "xpack.security.enabled", "false")
                || truth(definition, "plugins.security.disabled", "DISABLE_SECURITY_PLUGIN")
                || isSet(definition, "XPACK_SECURITY_ENABLED", "false");
        var isOffByDefault = service.clues().imageIs("elasticsearch", "elasticsearch-oss") && service.clues().image()
                .flatMap(image -> image.major()).filter(major -> major < 8).isPresent()
                && !isSet(definition, "xpack.security.enabled", "true")
                && service.service().mounts().stream().noneMatch(mount -> mount.target().endsWith(".yml"));
        return off || isOffByDefault
                ? new Login(Strength.NONE, "with security switched off")
                : password(definition, "ELASTIC_PASSWORD");
    }

    private static Login minio(Recognised service) {
        var definition = service.service();
        var names = List.of("MINIO_ROOT_PASSWORD", "MINIO_SECRET_KEY");
        return names.stream().noneMatch(name -> service.clues().has(name) || service.clues().has(name + "_FILE"))
                && service.clues().image().filter(image -> image.name().equals("minio")).isPresent()
                && !service.clues().has("MINIO_CONFIG_ENV_FILE")
                        ? new Login(Strength.WEAK, "with the built-in login minioadmin")
                        : password(definition, "MINIO_ROOT_PASSWORD", "MINIO_SECRET_KEY");
    }

    private static Login demanded(Service service, String otherwise, String... variables) {
        return Stream.of(variables).anyMatch(name -> service.variable(name).filter(value -> !value.value().isBlank()
                && !value.value().equalsIgnoreCase("false")).isPresent())
                || !service.start().isEmpty() || !service.files().isEmpty()
                || service.mounts().stream().anyMatch(mount -> mount.target().endsWith("ml"))
                        ? PRESENT
                        : new Login(Strength.NONE, otherwise);
    }

    private static Login password(Service service, String... variables) {
        return Stream.of(variables).flatMap(name -> service.variable(name).map(value -> judged(service, name,
                value.value())).stream()).filter(login -> login.strength == Strength.WEAK).findFirst()
                .orElse(PRESENT);
    }

    private static Login judged(Service service, String variable, String value) {
        return Secrets.isWeak(service, variable, value)
                ? new Login(Strength.WEAK, "with " + variable + ", which is "
                        + Secrets.described(value))
                : PRESENT;
    }

    private static boolean isSet(Service service, String variable, String value) {
        return service.variable(variable).filter(text -> text.value().strip().equalsIgnoreCase(value)).isPresent();
    }

    static boolean truth(Service service, String... variables) {
        return Stream.of(variables).anyMatch(name -> service.variable(name).map(Located::value)
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> value.equals("1") || value.equals("yes") || value.equals("true") || value.equals("on"))
                .isPresent());
    }

    private static boolean anyVariable(Service service, String part) {
        return service.environment().entrySet().stream().anyMatch(entry -> entry.getKey().contains(part)
                || entry.getValue().value().contains(part));
    }

    static boolean anyWord(Recognised service, String part) {
        return service.service().start().stream().anyMatch(word -> word.value().contains(part));
    }
}
