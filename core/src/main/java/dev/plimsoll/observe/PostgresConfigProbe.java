package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a PostgreSQL server is set up: settings with their sources, what databases and roles override, access rules,
/// roles, extensions.
public final class PostgresConfigProbe implements Probe {
    /// Asked for whether or not anyone set them.
    private static final List<String> ALWAYS = List.of("server_version_num", "shared_memory_size", "data_checksums",
            "max_connections", "superuser_reserved_connections", "fsync", "full_page_writes", "autovacuum",
            "config_file", "data_directory", "shared_preload_libraries", "archive_mode");

    /// Settings whose values may hold a password.
    private static final Set<String> SECRETS = Set.of("primary_conninfo", "ssl_passphrase_command",
            "archive_command", "restore_command");
    /// Commands that do nothing, and what a server shows whose archive is off. These hold no password.
    private static final Set<String> NOTHING = Set.of("", "true", "/bin/true", "/usr/bin/true", ":", "exit 0",
            "(disabled)");
    private static final String SET = "set";

    /// What a fact says of a setting's value: `set` where that may hold a password.
    public static String fact(String setting, String value) {
        return SECRETS.contains(setting) && !NOTHING.contains(value.strip()) ? SET : value;
    }

    private static final Question OVERRIDES = json("SELECT coalesce(d.datname, '') AS database, coalesce(r.rolname, "
            + "'') AS role, unnest(s.setconfig) AS setting FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid "
            + "= s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole");
    /// A setting that only a restart can change counts as an error too, even where the command line rightly wins or a
    /// restart is pending; those are left out.
    private static final Question FILE_ERRORS = json("SELECT f.sourcefile AS file, f.sourceline AS line, f.name, "
            + "f.error FROM pg_file_settings f WHERE f.error IS NOT NULL AND NOT EXISTS (SELECT FROM pg_settings s "
            + "WHERE s.name = lower(f.name) AND s.context = 'postmaster' AND (s.pending_restart OR s.source = "
            + "'command line'))");
    /// Files that were changed after they were read last, so that what is in force is not what they say. A second is
    /// for clocks: whoever writes and reloads does so in this order.
    private static final Question UNREAD = json(
            "SELECT f.name, extract(epoch FROM (pg_stat_file(f.path, true)).modification - "
                    + "pg_conf_load_time()) > 1 AS newer FROM (VALUES ('pg_hba.conf', current_setting('hba_file')), "
                    + "('postgresql.conf', current_setting('config_file')), ('postgresql.auto.conf', "
                    + "current_setting('data_directory') || '/postgresql.auto.conf')) f (name, path)");
    private static final Question ACCESS = json("SELECT line_number AS line, type, array_to_string(database, ',') AS "
            + "databases, array_to_string(user_name, ',') AS users, address, netmask, auth_method AS method, error "
            + "FROM pg_hba_file_rules LIMIT 200");
    private static final Question ROLES = json("SELECT rolname AS name, rolsuper AS super, rolpassword AS verifier, "
            + "EXISTS (SELECT FROM pg_auth_members m JOIN pg_authid g ON g.oid = m.roleid WHERE m.member = a.oid AND "
            + "g.rolname IN ('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files')) AS server "
            + "FROM pg_authid a WHERE rolcanlogin ORDER BY rolname LIMIT 50");
    private static final Question EXTENSIONS = json("SELECT extname AS name, extversion AS version FROM pg_extension "
            + "ORDER BY extname");

    /// What the rendered init script gives a server: its role, and its functions in the server's own database.
    private static final Question INITIALISED = json("SELECT (SELECT count(*) FROM pg_roles WHERE rolname = "
            + "'plimsoll_monitor') AS roles, (SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = "
            + "p.pronamespace WHERE n.nspname = 'plimsoll' AND p.proname LIKE 'get%') AS functions");

    /// A query whose rows come back as one JSON list.
    static Question json(String query) {
        return new Question.Sql("", rowsOf(query));
    }

    /// The query that gives the rows of another one as a JSON list.
    static String rowsOf(String query) {
        return "SELECT coalesce(json_agg(row_to_json(t)), '[]')::text FROM (" + query + ") t";
    }

    @Override
    public String id() {
        return "postgres configuration";
    }

    private static Question settings(LockedService service) {
        var names = Stream.concat(ALWAYS.stream(), service.settings().stream().map(LockedSetting::name))
                .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_.]*")).distinct()
                .map(name -> "'" + name.toLowerCase(Locale.ROOT) + "'")
                .collect(Collectors.joining(", "));
        return json("SELECT name, setting, unit, source, sourcefile AS file, sourceline AS line, pending_restart AS "
                + "pending FROM pg_settings WHERE lower(name) IN (" + names
                + ") OR source NOT IN ('default', 'override', "
                + "'client', 'session')");
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        if (!service.is("postgres") || !container.isRunning()) {
            return List.of();
        }
        var questions = new ArrayList<>(
                List.of(settings(service), OVERRIDES, FILE_ERRORS, UNREAD, ACCESS, ROLES, EXTENSIONS));
        if (hasScript(lock, service)) {
            questions.add(INITIALISED);
        }
        return questions;
    }

    /// Whether an init script was rendered for it.
    private static boolean hasScript(Lock lock, LockedService service) {
        return lock.files().stream().anyMatch(file -> ("/" + file.path()).endsWith("/" + service.name()
                + "/init/10-plimsoll.sql"));
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        var service = sight.service().filter(found -> found.is("postgres"));
        if (service.isEmpty() || !sight.container().isRunning()) {
            return facts.done();
        }
        var owner = Optional.ofNullable(sight.container().environment().get("POSTGRES_USER"))
                .filter(name -> !name.isEmpty()).orElse("postgres");
        facts.text("postgres.owner", owner, "POSTGRES_USER");
        facts.flag("postgres.trusts", "trust".equals(sight.container().environment().get("POSTGRES_HOST_AUTH_METHOD")),
                "POSTGRES_HOST_AUTH_METHOD");
        rows(sight, settings(service.get()), "postgres.setting", facts).forEach(row -> setting(row, facts));
        rows(sight, OVERRIDES, "postgres.override", facts).forEach(row -> override(row, service.get(),
                facts));
        rows(sight, FILE_ERRORS, "postgres.file_error", facts).forEach(row -> facts.text("postgres.file_error."
                + word(row, "name"), word(row, "error") + " at " + word(row, "file") + ":" + word(row, "line"),
                "pg_file_settings"));
        rows(sight, UNREAD, "postgres.unread_file", facts).forEach(row -> facts.flag("postgres.unread_file." + word(row,
                "name"), Json.isTrue(row, "newer"), "pg_stat_file"));
        rows(sight, ACCESS, "postgres.access", facts).forEach(row -> access(row, facts));
        var roles = rows(sight, ROLES, "postgres.role", facts);
        roles.forEach(row -> role(row, facts));
        roles.stream().filter(row -> word(row, "name").equals(owner)).findFirst().ifPresent(row -> given(sight, row,
                facts));
        rows(sight, EXTENSIONS, "postgres.extension", facts).forEach(row -> facts.text("postgres.extension."
                + word(row, "name"), word(row, "version"), "pg_extension"));
        if (hasScript(sight.lock(), service.get())) {
            PostgresStateProbe.one(sight, INITIALISED, "postgres.initialised", facts, "pg_roles, pg_proc");
        }
        return facts.done();
    }

    /// The rows of an answer; that there was one is a fact of its own, so that no rows differ from no answer.
    static List<Node> rows(Sight sight, Question question, String what, Facts facts) {
        var node = sight.json(question, what, facts);
        var rows = new ArrayList<Node>();
        node.flatMap(Node::asSequence).ifPresent(list -> {
            rows.addAll(list.items());
            facts.count(what.replaceFirst("\\.", ".read."), rows.size(), "rows");
        });
        if (node.isPresent() && node.flatMap(Node::asSequence).isEmpty()) {
            facts.gap(what, "the answer is no list of rows");
        }
        return rows;
    }

    static String word(Node row, String key) {
        return Json.text(row, key).orElse("");
    }

    private static void setting(Node row, Facts facts) {
        var name = word(row, "name");
        var file = word(row, "file");
        var place = file.isEmpty() ? "" : " " + file + ":" + word(row, "line");
        facts.text("postgres.setting." + name, fact(name, word(row, "setting")), "pg_settings")
                .text("postgres.source." + name, word(row, "source") + place, "pg_settings");
        if (!word(row, "unit").isEmpty()) {
            facts.text("postgres.unit." + name, word(row, "unit"), "pg_settings");
        }
        if (Json.isTrue(row, "pending")) {
            facts.flag("postgres.pending." + name, true, "pg_settings");
        }
    }

    /// A setting that an application made up may hold anything, such as a key that its policies read.
    private static void override(Node row, LockedService service, Facts facts) {
        var setting = word(row, "setting");
        var at = setting.indexOf('=');
        if (at > 0) {
            var database = word(row, "database");
            var role = word(row, "role");
            var whom = (database.isEmpty() ? "" : "DATABASE " + database) + (database.isEmpty() || role.isEmpty()
                    ? ""
                    : ", ") + (role.isEmpty() ? "" : "ROLE " + role);
            var name = setting.substring(0, at);
            var isMadeUp = name.contains(".") && service.setting(name).isEmpty();
            facts.text("postgres.override." + name, isMadeUp ? SET : fact(name, setting.substring(at + 1)),
                    whom.isEmpty()
                            ? "ALTER ROLE ALL"
                            : "ALTER " + whom);
        }
    }

    private static void access(Node row, Facts facts) {
        var line = word(row, "line");
        if (!word(row, "error").isEmpty()) {
            facts.text("postgres.access_error." + line, word(row, "error"), "pg_hba_file_rules");
            return;
        }
        facts.text("postgres.access." + line, String.join(" ", word(row, "type"), word(row, "databases"), word(row,
                "users"), word(row, "address").isEmpty() ? "-" : word(row, "address"), word(row, "method")),
                "pg_hba_file_rules");
    }

    /// Whether the owner's password is the one that the container was given. A volume keeps the one it was made with.
    private static void given(Sight sight, Node owner, Facts facts) {
        Optional.ofNullable(sight.container().environment().get("POSTGRES_PASSWORD")).filter(text -> !text.isEmpty())
                .flatMap(password -> ScramVerifier.isOf(password, word(owner, "name"), word(owner, "verifier")))
                .ifPresent(same -> facts.flag("postgres.given_password", same, "POSTGRES_PASSWORD, pg_authid"));
    }

    private static void role(Node row, Facts facts) {
        var name = word(row, "name");
        facts.text("postgres.role." + name, Json.isTrue(row, "super") ? "superuser" : "ordinary", "pg_authid");
        if (Json.isTrue(row, "server") && !Json.isTrue(row, "super")) {
            facts.flag("postgres.server_role." + name, true, "pg_auth_members");
        }
        ScramVerifier.isWeak(name, word(row, "verifier")).ifPresent(weak -> facts.flag("postgres.weak_password."
                + name, weak, "pg_authid"));
    }
}
