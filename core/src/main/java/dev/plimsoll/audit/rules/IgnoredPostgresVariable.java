package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PostgresParameters;
import dev.plimsoll.kinds.Recognised;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public final class IgnoredPostgresVariable implements Rule {
    private static final List<String> PREFIXES = List.of("POSTGRES_", "POSTGRESQL_", "PG_");
    private static final Pattern HONOURED = Pattern.compile("POSTGRES_(PASSWORD|USER|DB|INITDB_ARGS|INITDB_WALDIR|"
            + "HOST_AUTH_METHOD|PORT|HOST|DATABASE).*");
    private static final Pattern OFFICIAL = Pattern.compile("postgres|postgis|pgvector|pgvecto-rs");

    @Override
    public About about() {
        return new About("REL017", "ignored-postgres-variable", Severity.MEDIUM, Confidence.CERTAIN,
                "A variable names a PostgreSQL setting, but the image does not read it.",
                "The official image reads POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, POSTGRES_INITDB_ARGS, "
                        + "POSTGRES_INITDB_WALDIR, POSTGRES_HOST_AUTH_METHOD and PGDATA. POSTGRES_SHARED_BUFFERS and "
                        + "the like change nothing: the server keeps its 128 MB and 100 connections.",
                "Give the setting to the server: `command: postgres -c shared_buffers=256MB`.",
                "https://github.com/docker-library/docs/blob/master/postgres/README.md#environment-variables");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").filter(service -> service.clues().imageNameMatches(OFFICIAL)
                && service.clues().image().filter(image -> !image.repository().contains("bitnami")).isPresent())
                .flatMap(service -> {
                    var ignored = service.service().environment().entrySet().stream()
                            .filter(entry -> isSetting(entry.getKey()) && !isUsedByCommand(service, entry.getKey()))
                            .toList();
                    return ignored.isEmpty()
                            ? Stream.<Finding>empty()
                            : Stream.of(finding(service, ignored.getFirst().getValue().where(), "The image of "
                                    + service.name() + " does not read " + ignored.stream().map(Map.Entry::getKey)
                                            .collect(Collectors.joining(", "))
                                    + ", so these settings have no effect",
                                    "Move them to command: postgres -c "
                                            + setting(ignored.getFirst().getKey()) + "="
                                            + ignored.getFirst().getValue().value()));
                });
    }

    private static boolean isUsedByCommand(Recognised service, String variable) {
        return service.service().start().stream().anyMatch(word -> word.value().contains(variable));
    }

    private static boolean isSetting(String variable) {
        return !HONOURED.matcher(variable).matches() && PREFIXES.stream().anyMatch(variable::startsWith)
                && PostgresParameters.find(setting(variable), PostgresParameters.LAST_MAJOR).isPresent();
    }

    private static String setting(String variable) {
        return PREFIXES.stream().filter(variable::startsWith).findFirst()
                .map(prefix -> variable.substring(prefix.length()).toLowerCase(Locale.ROOT)).orElse(variable);
    }
}
