package dev.plimsoll.verify;

import dev.plimsoll.kinds.PostgresParameters;
import dev.plimsoll.kinds.PostgresParameters.Parameter;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.PostgresConfigProbe;
import dev.plimsoll.stack.Image;
import dev.plimsoll.verify.Look.Planned;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A PostgreSQL server's settings in force against the plan, and what makes them differ.
final class PostgresDrift {
    private static final String AUTO = "postgresql.auto.conf";
    /// Zero for every session over a Unix socket, as this one is.
    private static final String ONLY_OVER_TCP = "tcp_";
    /// The role that `plimsoll render` makes for exporters, with bounds of its own.
    private static final String MONITOR = "ALTER ROLE plimsoll_monitor";
    /// Without these a crash loses or corrupts data, or tables bloat.
    private static final List<String> VITAL = List.of("fsync", "full_page_writes", "autovacuum");
    private static final String NO_WRITES = "default_transaction_read_only";
    /// Named one by one up to here; more have one cause.
    private static final int SINGLY = 6;

    private final Planned server;
    private final Seen seen;
    private final LockedService service;
    private final List<Check> checks = new ArrayList<>();

    private PostgresDrift(Planned server) {
        this.server = server;
        this.seen = server.seen();
        this.service = server.service();
    }

    static Stream<Check> of(Planned server) {
        return new PostgresDrift(server).checks().stream();
    }

    private List<Check> checks() {
        var major = major();
        if (major.isEmpty()) {
            return List.of(Ailment.unanswered(seen, "runs with its planned settings", "postgres.setting", false));
        }
        settings(major.get());
        overrides(major.get());
        unplanned();
        vital();
        errors();
        unread();
        version(major.get());
        extension();
        return checks;
    }

    private Optional<Integer> major() {
        return seen.number("postgres.setting.server_version_num").map(number -> number.intValue() / 10_000);
    }

    /// @param known what the setting is
    private record Difference(LockedSetting planned, Parameter known, Observation fact) {}

    private void settings(int major) {
        var passed = new ArrayList<String>();
        var missing = new ArrayList<String>();
        var differences = new ArrayList<Difference>();
        for (var planned : service.settings()) {
            var known = PostgresParameters.find(planned.name(), major);
            var fact = seen.fact("postgres.setting." + planned.name());
            if (known.isEmpty() || planned.name().startsWith(ONLY_OVER_TCP)) {
                continue;
            }
            if (fact.isEmpty()) {
                missing.add(planned.name());
            } else if (isSame(known.get(), planned.value(), fact.get()) || isOverridden(planned.name())) {
                pending(planned).ifPresentOrElse(checks::add, () -> passed.add(planned.name()));
            } else {
                differences.add(new Difference(planned, known.get(), fact.get()));
            }
        }
        if (!passed.isEmpty()) {
            checks.add(Check.passed(server.name(), "settings are as planned", passed.size()
                    + " in force as planned"));
        }
        if (!missing.isEmpty()) {
            checks.add(Check.notRun(server.name(), "settings are as planned", "the server does not show " + String
                    .join(", ", missing)));
        }
        if (differences.size() > SINGLY) {
            notLoaded(differences, passed.size());
        } else {
            differences.forEach(this::difference);
        }
    }

    /// In force is still what was planned, and the next start brings another value.
    private Optional<Check> pending(LockedSetting planned) {
        return seen.fact("postgres.pending." + planned.name()).map(fact -> Check.failed(server.name(), planned.name()
                + " is " + planned.value(), "another value waits for the next start",
                "ALTER SYSTEM RESET " + planned
                        .name() + ", or take it out of the file that sets it, then reload",
                fact));
    }

    /// Whether this session's own role or database sets it, which [#overrides] names.
    private boolean isOverridden(String name) {
        return seen.fact("postgres.override." + name).isPresent() && seen.text("postgres.source." + name).filter(
                source -> source.startsWith("database") || source.startsWith("user")).isPresent();
    }

    private boolean isSame(Parameter known, String planned, Observation fact) {
        return PostgresConfigProbe.fact(known.name(), Values.plain(planned)).equals(fact.value())
                || Values.isSamePostgres(known, planned, fact.value(),
                        seen.text("postgres.unit." + known.name()).orElse(
                                ""));
    }

    private void notLoaded(List<Difference> differences, int same) {
        var names = differences.stream().map(one -> one.planned().name()).toList();
        checks.add(Check.failed(server.name(), "loads its planned configuration", differences.size() + " of "
                + (differences.size() + same) + " settings differ: " + String.join(", ", names),
                "The rendered file "
                        + "is not read; config_file is " + seen.text("postgres.setting.config_file").orElse(
                                "unknown"),
                differences.stream().map(Difference::fact).toArray(Observation[]::new)));
    }

    private void difference(Difference one) {
        var name = one.planned().name();
        var source = seen.text("postgres.source." + name).orElse("unknown");
        var pending = seen.fact("postgres.pending." + name).isPresent();
        checks.add(Check.failed(server.name(), name + " is " + one.planned().value(),
                "it is " + shown(one.fact().value(),
                        seen.text("postgres.unit." + name).orElse("")) + ", set by " + cause(source)
                        + (pending
                                ? "; a restart is pending"
                                : ""),
                pending ? "Restart the server" : remedy(name, source), one.fact()));
    }

    static String shown(String value, String unit) {
        return unit.isEmpty() ? value : unit.matches("\\d.*") ? value + " × " + unit : value + " " + unit;
    }

    private static String cause(String source) {
        return source.contains(AUTO) ? "ALTER SYSTEM (" + AUTO + ")" : switch (source.replaceFirst(" .*", "")) {
            case "default" -> "nothing, so the built-in default holds";
            case "command" -> "the command line";
            case "database" -> source.startsWith("database user")
                    ? "ALTER ROLE IN DATABASE"
                    : "ALTER DATABASE";
            case "user" -> "ALTER ROLE";
            default -> source.replaceFirst("configuration file", "").strip();
        };
    }

    private static String remedy(String name, String source) {
        return source.contains(AUTO)
                ? "ALTER SYSTEM RESET " + name + ", then reload or restart"
                : "Remove it there, then reload or restart";
    }

    /// Sessions of that role or in that database run with another value than the server shows here.
    private void overrides(int major) {
        seen.all("postgres.override.").filter(fact -> !fact.how().equals(MONITOR)).forEach(fact -> {
            var name = fact.what().substring("postgres.override.".length());
            var planned = service.setting(name);
            var known = PostgresParameters.find(name, major);
            var what = "no role or database sets " + name + " otherwise";
            if (planned.isPresent() && known.isPresent()) {
                if (!Values.isSamePostgres(known.get(), planned.get().value(), fact.value(), known.get().unit())) {
                    checks.add(Check.failed(server.name(), what, fact.how() + " SET " + name + " = " + fact.value()
                            + ", planned " + planned.get().value(), fact.how() + " RESET " + name, fact));
                }
            } else if (name.equals(NO_WRITES) && fact.value().matches("(?i)on|true|yes|1")) {
                checks.add(Check.failed(server.name(), what, fact.how() + " SET " + name + " = " + fact.value()
                        + ": every write is refused", fact.how() + " RESET " + name, fact));
            } else if (known.isPresent()) {
                checks.add(Check.advice(server.name(), what, fact.how() + " SET " + name + " = " + fact.value(),
                        "Make sure that this is wanted", fact));
            }
        });
    }

    /// What ALTER SYSTEM set besides the plan wins over every rendered file.
    private void unplanned() {
        seen.all("postgres.source.").filter(fact -> fact.value().contains(AUTO)).forEach(fact -> {
            var name = fact.what().substring("postgres.source.".length());
            if (service.setting(name).isEmpty()) {
                checks.add(Check.failed(server.name(), "nothing is set behind the plan's back", "ALTER SYSTEM set "
                        + name + " to " + seen.text("postgres.setting." + name).orElse("something"),
                        "ALTER SYSTEM RESET " + name, fact));
            }
        });
    }

    private void vital() {
        for (var name : VITAL) {
            seen.fact("postgres.setting." + name).filter(fact -> fact.value().equals("off")).filter(fact -> service
                    .setting(name).isEmpty()).filter(
                            fact -> !seen.text("postgres.source." + name).orElse("").contains(
                                    AUTO))
                    .ifPresent(fact -> checks.add(Check.failed(server.name(), name + " is on", "it is off, set by "
                            + cause(seen.text("postgres.source." + name).orElse("unknown")),
                            "Remove it: " + (name
                                    .equals("autovacuum")
                                            ? "tables grow and transaction numbers run out"
                                            : "a crash may destroy the data"),
                            fact)));
        }
    }

    private void errors() {
        seen.all("postgres.file_error.").forEach(fact -> checks.add(Check.failed(server.name(), "its configuration "
                + "files hold no errors", fact.what().substring("postgres.file_error.".length()) + ": " + fact.value(),
                "Correct the line: the next start fails with it", fact)));
    }

    /// What is in force came from a text that is not there any more, or waits for the next reload.
    private void unread() {
        var newer = seen.all("postgres.unread_file.").filter(fact -> fact.value().equals("true")).toList();
        if (!newer.isEmpty()) {
            checks.add(Check.failed(server.name(), "runs with its configuration files as they are", String.join(", ",
                    newer.stream().map(fact -> fact.what().substring("postgres.unread_file.".length())).toList())
                    + " changed after the server had read it last",
                    "Compare it with the rendered one, then SELECT "
                            + "pg_reload_conf()",
                    newer.toArray(Observation[]::new)));
        }
    }

    private void version(int major) {
        service.image().map(Image::of).filter(image -> image.name().matches("postgres|postgresql|postgis")).flatMap(
                Image::major).filter(planned -> planned != major).ifPresent(
                        planned -> checks.add(Check.failed(server
                                .name(), "is PostgreSQL " + planned, "it is " + major,
                                "Start the planned image; another major "
                                        + "needs pg_upgrade or a dump",
                                seen.fact("postgres.setting.server_version_num").stream()
                                        .toArray(Observation[]::new))));
    }

    private void extension() {
        var preload = service.setting("shared_preload_libraries").filter(setting -> setting.value().contains(
                "pg_stat_statements"));
        if (preload.isPresent() && seen.fact("postgres.read.extension").isPresent()) {
            var fact = seen.fact("postgres.extension.pg_stat_statements");
            checks.add(fact.map(found -> Check.passed(server.name(), "has pg_stat_statements", found.value(), found))
                    .orElseGet(() -> Check.failed(server.name(), "has pg_stat_statements", "it is preloaded and not "
                            + "there", "CREATE EXTENSION pg_stat_statements")));
        }
    }
}
