package dev.plimsoll.verify;

import dev.plimsoll.verify.Look.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whether databases and poolers run as configured.
final class Database implements Scenario {
    @Override
    public String id() {
        return "database";
    }

    @Override
    public String title() {
        return "Database configuration and drift";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        look.servers("postgres").forEach(server -> {
            PostgresDrift.of(server).forEach(checks::add);
            PostgresVolume.of(server).forEach(checks::add);
            PostgresAccess.of(server).forEach(checks::add);
        });
        look.servers("pgbouncer").flatMap(Database::pooler).forEach(checks::add);
        if (checks.isEmpty()) {
            checks.add(Check.notRun("", "databases run as planned", look.ofKind("postgres", "pgbouncer").findAny()
                    .isPresent() ? "none of them runs" : "the stack has no PostgreSQL"));
        }
        return checks;
    }

    private static Stream<Check> pooler(Planned server) {
        var seen = server.seen();
        if (seen.all("pgbouncer.config.").findAny().isEmpty()) {
            return Stream
                    .of(Ailment.unanswered(seen, "runs with its planned settings", "pgbouncer.config", server.service()
                            .setting("auth_file").isPresent()));
        }
        var settings = server.service().settings().stream().flatMap(setting -> seen.fact("pgbouncer.config." + setting
                .name()).stream().map(fact -> Values.plain(fact.value()).equals(Values.plain(setting.value()))
                        ? Check.passed(server.name(), setting.name() + " is as planned", fact.value(), fact)
                        : Check.failed(server.name(), setting.name() + " is as planned", fact.value() + " instead of "
                                + setting.value(),
                                "Correct it in pgbouncer.ini and RELOAD; SET on the console "
                                        + "lasts until then",
                                fact)));
        var mode = server.service().setting("pool_mode");
        var pools = mode.stream().flatMap(planned -> seen.all("pgbouncer.pool_mode.").filter(fact -> !fact.value()
                .equals(planned.value())).map(fact -> Check.failed(server.name(), "every pool has the planned mode",
                        fact.what().substring("pgbouncer.pool_mode.".length()) + " pools by " + fact.value(),
                        "Remove pool_mode from its database or user", fact)));
        var shut = seen.all("pgbouncer.database.").filter(fact -> !fact.value().equals("open"))
                .map(fact -> Check.failed(
                        server.name(), "lets clients through",
                        fact.what().substring("pgbouncer.database.".length()) + " is "
                                + fact.value() + ": its clients wait for ever",
                        "RESUME, or ENABLE, on the console", fact));
        return Stream.of(settings, pools, shut).flatMap(checks -> checks);
    }
}
