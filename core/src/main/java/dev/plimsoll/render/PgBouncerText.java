package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The settings of one PgBouncer, and the pgbouncer.ini they make.
///
/// @param planned the plan's choices that its version knows, the pool made to fit the database
/// @param others what it runs with besides
record PgBouncerText(List<Sizing.Choice> planned, List<LockedSetting> others) {
    /// Settings of PgBouncer up to 1.24 that may stand below `[pgbouncer]`.
    static final Set<String> KNOWN = Set
            .of(("listen_addr listen_port unix_socket_dir unix_socket_mode auth_type auth_file "
                    + "auth_hba_file auth_user auth_query auth_dbname pool_mode max_client_conn default_pool_size min_pool_size "
                    + "reserve_pool_size reserve_pool_timeout max_db_connections max_db_client_connections max_user_connections "
                    + "max_user_client_connections server_round_robin track_extra_parameters ignore_startup_parameters "
                    + "disable_pqexec application_name_add_host stats_period max_prepared_statements syslog syslog_ident "
                    + "log_connections log_disconnections log_pooler_errors log_stats verbose logfile pidfile admin_users "
                    + "stats_users server_reset_query server_reset_query_always server_check_delay server_check_query "
                    + "server_fast_close server_lifetime server_idle_timeout server_connect_timeout server_login_retry "
                    + "client_login_timeout autodb_idle_timeout dns_max_ttl dns_nxdomain_ttl dns_zone_check_period "
                    + "client_tls_sslmode client_tls_key_file client_tls_cert_file client_tls_ca_file client_tls_protocols "
                    + "client_tls_ciphers client_tls_dheparams client_tls_ecdhcurve server_tls_ciphers syslog_facility "
                    + "unix_socket_group auth_ident_file "
                    + "server_tls_sslmode server_tls_ca_file server_tls_key_file server_tls_cert_file server_tls_protocols "
                    + "query_timeout query_wait_timeout cancel_wait_timeout client_idle_timeout idle_transaction_timeout "
                    + "transaction_timeout suspend_timeout pkt_buf max_packet_size listen_backlog sbuf_loopcnt so_reuseport "
                    + "tcp_defer_accept tcp_socket_buffer tcp_keepalive tcp_keepcnt tcp_keepidle tcp_keepintvl "
                    + "tcp_user_timeout user peer_id resolv_conf").split(" "));

    /// A section whose names are the user's own.
    ///
    /// @param prefix of the names of its settings
    record Section(String head, String prefix) {
        boolean holds(Setting setting) {
            return setting.name().startsWith(prefix);
        }

        /// The lines below the head.
        List<String> lines(Recognised service) {
            return service.settings().effective().values().stream().filter(this::holds)
                    .map(setting -> setting.name().substring(prefix.length()) + " = " + setting.value()).toList();
        }
    }

    static final List<Section> SECTIONS = List.of(new Section("[databases]", "database "), new Section("[users]",
            "user "), new Section("[peers]", "peer "));

    private static final String MANUAL = "https://www.pgbouncer.org/config.html";
    private static final Pattern VERSION = Pattern.compile("v?1\\.(\\d+).*");
    private static final int FIRST_WITH_PREPARED = 21;

    PgBouncerText {
        planned = List.copyOf(planned);
        others = List.copyOf(others);
    }

    /// Whether clients may prepare statements in transaction mode; tags without a version are new enough.
    static boolean hasPreparedStatements(Recognised service) {
        return service.clues().image().flatMap(image -> image.tag()).map(VERSION::matcher)
                .filter(version -> version.matches() && version.group(1).length() < 4)
                .map(version -> Integer.parseInt(version.group(1)) >= FIRST_WITH_PREPARED).orElse(true);
    }

    /// @param databases that it has pools for
    static PgBouncerText of(ServicePlan plan, Recognised service, Optional<PoolBudget> budget, int databases) {
        var most = budget.map(found -> Math.max(1, found.available() / databases / Math.max(1,
                plan.replicas())));
        var planned = plan.choices().stream().filter(choice -> !choice.setting().equals("max_prepared_statements")
                || hasPreparedStatements(service)).map(choice -> bounded(choice, most, budget, databases)).toList();
        var decided = new LinkedHashSet<>(planned.stream().map(Sizing.Choice::setting).toList());
        decided.add("max_prepared_statements");
        var others = new ArrayList<LockedSetting>();
        most.filter(bound -> service.settings().integer("max_db_connections").filter(own -> own > 0 && own <= bound)
                .isEmpty()).ifPresent(bound -> {
                    decided.add("max_db_connections");
                    others.add(new LockedSetting("max_db_connections", String.valueOf(bound), arithmetic(budget,
                            databases) + ", for the pools of all users", MANUAL));
                });
        own(service).stream().filter(setting -> decided.add(setting.name())).forEach(others::add);
        // In a file of the user's the built-in way to log in takes secrets of both kinds, as may be in its userlist.
        if (PgBouncerSource.of(service) instanceof PgBouncerSource.Mounted) {
            decided.add("auth_type");
        }
        advised().stream().filter(setting -> decided.add(setting.name())).forEach(others::add);
        return new PgBouncerText(planned, others);
    }

    private static Sizing.Choice bounded(Sizing.Choice choice, Optional<Integer> most, Optional<PoolBudget> budget,
            int databases) {
        return choice.setting().equals("default_pool_size") && most.isPresent()
                && Integer.parseInt(choice.value()) > most.get()
                        ? new Sizing.Choice(choice.setting(), String.valueOf(most.get()), arithmetic(budget, databases)
                                + "; " + choice.value() + " (" + choice.arithmetic() + ") would not fit",
                                choice.source(), choice.changes())
                        : choice;
    }

    private static String arithmetic(Optional<PoolBudget> budget, int databases) {
        return budget.map(PoolBudget::arithmetic).orElse("")
                + (databases > 1 ? ", over " + databases + " databases" : "");
    }

    private static List<LockedSetting> own(Recognised service) {
        var own = new ArrayList<LockedSetting>();
        service.settings().effective().values().stream().filter(setting -> setting.origin() != Setting.Origin.DEFAULT
                && KNOWN.contains(setting.name())).forEach(setting -> own.add(
                        new LockedSetting(setting.name(),
                                setting.value(), "", "from " + setting.where())));
        service.service().environment().forEach((name, value) -> {
            var plain = name.replaceFirst("^PGBOUNCER_", "").toLowerCase(Locale.ROOT);
            if (KNOWN.contains(plain) && !name.equals(name.toLowerCase(Locale.ROOT)) && !plain.equals("user")) {
                own.add(new LockedSetting(plain, value.value(), "", "from " + value.where()));
            }
        });
        return own;
    }

    private static List<LockedSetting> advised() {
        return List.of(
                setting("auth_type", "scram-sha-256", "takes the passwords of userlist.txt without sending them"),
                setting("server_lifetime", "3600", "backends give the memory of their caches back"),
                setting("server_idle_timeout", "300", "after a peak the database gets its memory back"),
                setting("query_wait_timeout", "30", "an error after half a minute is better than a queue that nobody "
                        + "sees; the default is 120"),
                setting("ignore_startup_parameters", "extra_float_digits,options", "JDBC and others send these, and "
                        + "PgBouncer would refuse the connection"),
                setting("tcp_keepidle", "60", "a client that vanished is noticed within minutes"),
                setting("log_connections", "0", "pools connect all day"),
                setting("log_disconnections", "0", "pools disconnect all day"));
    }

    private static LockedSetting setting(String name, String value, String because) {
        return new LockedSetting(name, value, because, MANUAL);
    }

    /// @param sections the lines of all sections but PgBouncer's own, by head
    /// @param places settings that depend on the container, such as listen_addr; the user's own win
    String ini(ServicePlan plan, Map<String, List<String>> sections, List<LockedSetting> places) {
        var file = new ConfText();
        file.remark("PgBouncer for the service " + plan.service() + ", planned for " + plan.limit() + " of memory.\n"
                + "Written by plimsoll render: change the Compose file or x-plimsoll and render again.");
        sections.forEach((head, lines) -> {
            file.line("", "");
            file.line(head, "");
            lines.forEach(line -> file.line(line, ""));
        });
        file.line("", "");
        file.line("[pgbouncer]", "");
        planned.forEach(choice -> file.line(choice.setting() + " = " + choice.value(),
                ConfText.reason(choice.arithmetic(), choice.source())));
        var all = new ArrayList<>(others);
        places.stream().filter(place -> others.stream().noneMatch(other -> other.name().equals(place.name())))
                .forEach(all::add);
        all.forEach(setting -> file.line(setting.name() + " = " + setting.value(),
                ConfText.reason(setting.because(), setting.source())));
        return file.toString();
    }
}
