package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Postgres;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public final class UnusableInitdbSettings implements Rule {
    @Override
    public About about() {
        return new About("REL015", "unusable-initdb-settings", Severity.CRITICAL, Confidence.CERTAIN,
                "POSTGRES_INITDB_ARGS passes settings that this version's initdb does not take.",
                "initdb knows `-c name=value` only from PostgreSQL 16 on. Before, the first start ends with \"initdb: "
                        + "invalid option -- 'c'\"; on a volume that already has data the variable is not read at all, "
                        + "so the settings never apply.",
                "Give the settings to the server: `command: postgres -c shared_buffers=256MB`.",
                "https://www.postgresql.org/docs/16/app-initdb.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> {
            var major = Postgres.major(service.clues())
                    .filter(number -> number < Postgres.FIRST_MAJOR_WITH_INITDB_SETTINGS);
            var args = service.service().variable("POSTGRES_INITDB_ARGS");
            if (major.isEmpty() || args.isEmpty()) {
                return Stream.empty();
            }
            var settings = Postgres.initdbSettings(args.get());
            return settings.isEmpty()
                    ? Stream.empty()
                    : Stream.of(finding(service, args.get().where(), "initdb of PostgreSQL " + major.get()
                            + " has no -c, so the first start fails with \"invalid option -- 'c'\", and on an existing "
                            + "volume " + settings.getFirst().name() + (settings.size() > 1
                                    ? " and " + (settings.size() - 1) + " more settings"
                                    : "")
                            + " are never applied",
                            "Move them to the command: postgres "
                                    + settings.stream().map(setting -> "-c " + setting.name() + "="
                                            + setting.value()).collect(Collectors.joining(" "))));
        });
    }
}
