package dev.plimsoll.render;

import dev.plimsoll.lock.LockedSetting;
import java.util.ArrayList;
import java.util.List;

/// What a Postgres server in a container wants besides its memory settings: to be watched, to let nobody block the
/// others, and to keep secrets out of its log.
final class PostgresDefaults {
    private static final String LOGGING = "https://www.postgresql.org/docs/current/runtime-config-logging.html";
    private static final String CLIENT = "https://www.postgresql.org/docs/current/runtime-config-client.html";
    private static final String CONNECTION = "https://www.postgresql.org/docs/current/runtime-config-connection.html";
    private static final String STATISTICS = "https://www.postgresql.org/docs/current/runtime-config-statistics.html";
    private static final String WAL = "https://www.postgresql.org/docs/current/runtime-config-wal.html";
    private static final String CONTAINER = "a container's log is what its engine reads from stderr";

    private PostgresDefaults() {}

    /// Settings that a container needs whatever the user's file says.
    static List<LockedSetting> container() {
        return List.of(setting("listen_addresses", "*", "other containers connect over the network; pg_hba.conf says "
                + "which", CONNECTION),
                setting("log_destination", "stderr", CONTAINER, LOGGING),
                setting("logging_collector", "off", CONTAINER, LOGGING));
    }

    /// Settings where the user's own win.
    static List<LockedSetting> advised(Profile profile, PostgresImage image) {
        var all = new ArrayList<LockedSetting>();
        all.add(setting("track_io_timing", "on", "tells slow disks from slow plans; costs nothing where the clock is "
                + "cheap to read", STATISTICS));
        all.add(setting("log_min_duration_statement", slowQuery(profile), switch (profile) {
            case DEVELOPMENT -> "a query that is felt here will hurt with real data";
            case STAGING -> "low enough to see what production will see under load";
            case PRODUCTION -> "slow enough to matter, rare enough for the log";
        }, LOGGING));
        all.add(setting("log_checkpoints", "on", "frequent checkpoints mean that max_wal_size is too small", LOGGING));
        all.add(setting("log_lock_waits", "on", "says who waited for whom for longer than deadlock_timeout", LOGGING));
        all.add(setting("log_temp_files", profile == Profile.PRODUCTION ? "10MB" : "0", "sorts and hashes that did not "
                + "fit work_mem", LOGGING));
        all.add(setting("log_autovacuum_min_duration", "10s", "long vacuums announce bloat", LOGGING));
        all.add(setting("log_line_prefix", "%m [%p] %q%u@%d %a ", "who, where and which application", LOGGING));
        all.addAll(statements(profile));
        all.addAll(timeouts(profile, image));
        all.add(setting("password_encryption", "scram-sha-256",
                "md5 hashes can be used to log in by whoever reads them",
                CONNECTION));
        if (profile == Profile.DEVELOPMENT) {
            all.add(setting("synchronous_commit", "off", "a crash may lose the last half second, never consistency; "
                    + "fsync stays on", WAL));
        }
        return all;
    }

    private static String slowQuery(Profile profile) {
        return switch (profile) {
            case DEVELOPMENT -> "100ms";
            case STAGING -> "250ms";
            case PRODUCTION -> "500ms";
        };
    }

    /// What of a statement goes to the log: bound values may be passwords and personal data.
    private static List<LockedSetting> statements(Profile profile) {
        var developing = profile == Profile.DEVELOPMENT;
        return List.of(
                setting("log_statement", developing ? "ddl" : "none", developing
                        ? "schema changes in the order in which they happened"
                        : "CREATE ROLE ... PASSWORD would put its password into the log", LOGGING),
                setting("log_parameter_max_length", developing ? "-1" : "0", developing
                        ? "values help to repeat a slow query; they are test data"
                        : "bound values may be secrets or personal data", LOGGING),
                setting("log_parameter_max_length_on_error", "0", "bound values may be secrets or personal data",
                        LOGGING));
    }

    private static List<LockedSetting> timeouts(Profile profile, PostgresImage image) {
        var all = new ArrayList<LockedSetting>();
        all.add(setting("deadlock_timeout", "1s", "the built-in default, and from when a wait is logged",
                "https://www.postgresql.org/docs/current/runtime-config-locks.html"));
        all.add(setting("statement_timeout", profile == Profile.DEVELOPMENT ? "0" : "5min",
                profile == Profile.DEVELOPMENT
                        ? "none: whoever tries something may wait for it"
                        : "a forgotten query holds its memory and its locks; pg_dump switches this off for itself, a "
                                + "migration that needs longer sets it for its session",
                CLIENT));
        all.add(setting("lock_timeout", profile == Profile.DEVELOPMENT ? "0" : "30s",
                profile == Profile.DEVELOPMENT
                        ? "none: a debugger may hold a lock for long"
                        : "a migration that waits for a lock makes everybody behind it wait too",
                CLIENT));
        if (image.parameter("idle_session_timeout").isPresent()) {
            all.add(setting("idle_session_timeout", "0", "none: pools keep idle connections on purpose", CLIENT));
        }
        all.add(setting("tcp_keepalives_idle", "60s", "a client that vanished frees its connection within minutes",
                CONNECTION));
        return all;
    }

    /// @param libraries comma-separated
    static List<LockedSetting> statementStatistics(String libraries) {
        return List.of(setting("shared_preload_libraries", libraries, "counts what each query costs; part of the "
                + "image", "https://www.postgresql.org/docs/current/pgstatstatements.html"),
                setting("pg_stat_statements.track", "top", "statements inside functions count for their caller",
                        "https://www.postgresql.org/docs/current/pgstatstatements.html"));
    }

    private static LockedSetting setting(String name, String value, String because, String source) {
        return new LockedSetting(name, value, because, source);
    }
}
