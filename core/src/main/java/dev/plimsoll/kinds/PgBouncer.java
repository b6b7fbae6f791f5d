package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// PgBouncer, configured by pgbouncer.ini or by the variables its images turn into one.
public final class PgBouncer implements Kind {
    /// The process and its pools, with what grows before the first client is there.
    static final MemorySize BASE = MemorySize.ofMegabytes(16);
    /// The idle process: measured 1.6 MB, with a margin of 0.1 MB.
    public static final MemorySize IDLE = MemorySize.ofMegabytes(1.7);
    /// One connection, of a client or to a server, with its packet buffer and what the kernel keeps for the socket:
    /// 2.4 kB idle; at work about 8 to 10 kB, by the rounded peaks of eight runs of 40 to 520 connections.
    static final MemorySize CONNECTION = MemorySize.ofKilobytes(10);

    private static final int DEFAULT_POOL = 20;
    /// More than any Postgres takes.
    private static final int MOST_CONNECTIONS = 1_000_000;

    private static final String MODEL = "measured on PgBouncer 1.18";
    private static final String MANUAL = "https://www.pgbouncer.org/config.html";
    private static final Pattern NAME = Pattern.compile("pgbouncer|.*-pgbouncer|pgbouncer-.*");
    /// Host and database.
    private static final Pattern URL = Pattern.compile(
            "postgres(?:ql)?(?:\\+\\w+)?://(?:[^/@\\s]*@)?([^:/@\\s]+)(?::\\d+)?/([^?\\s\"',]+)\\S*");
    private static final Map<String, String> DEFAULTS = Map.of("max_client_conn", "100", "default_pool_size", "20",
            "reserve_pool_size", "0", "pool_mode", "session");

    @Override
    public String id() {
        return "pgbouncer";
    }

    @Override
    public Role role() {
        return Role.POOLER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageNameMatches(NAME) && !clues.imageNameMatches(Pattern.compile(".*exporter.*"))
                || clues.runs("pgbouncer");
    }

    @Override
    public List<Integer> ports() {
        return List.of(6432, 5432);
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        var service = clues.service();
        DEFAULTS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> settings.set(entry.getKey(),
                entry.getValue(), service.where(), Setting.Origin.DEFAULT));
        service.environment().forEach((name, value) -> {
            var plain = name.startsWith("PGBOUNCER_") ? name.substring("PGBOUNCER_".length()) : name;
            if (plain.matches("MAX_CLIENT_CONN|DEFAULT_POOL_SIZE|MIN_POOL_SIZE|RESERVE_POOL_SIZE|POOL_MODE|"
                    + "MAX_DB_CONNECTIONS|MAX_USER_CONNECTIONS|MAX_PREPARED_STATEMENTS|AUTH_TYPE|LISTEN_ADDR|LISTEN_PORT")) {
                settings.set(plain.toLowerCase(Locale.ROOT), value.value(), value.where(),
                        Setting.Origin.ENVIRONMENT);
            }
        });
        for (var path : List.of("/etc/pgbouncer/pgbouncer.ini", "/bitnami/pgbouncer/conf/pgbouncer.ini",
                "/opt/bitnami/pgbouncer/conf/pgbouncer.ini")) {
            stack.fileAt(service, path).ifPresent(file -> {
                if (file.text().isEmpty()) {
                    settings.missing(file.path(), file.mount());
                }
                file(ConfLines.pgBouncer(file), settings);
            });
        }
        return settings.build();
    }

    /// What stands in a section that PgBouncer does not know is not read, and neither is an included file.
    private static void file(ConfLines.Contents contents, Settings.Builder settings) {
        for (var line : contents.lines()) {
            switch (line.section()) {
                case "pgbouncer" -> settings.set(line.name().toLowerCase(Locale.ROOT), line.value(), line.where(),
                        Setting.Origin.FILE);
                case "databases", "users", "peers" -> settings.set(line.section().replaceFirst("s$", " ")
                        + line.name(), line.value(), line.where(), Setting.Origin.FILE);
                default -> settings.unread(List.of(line.where()));
            }
        }
        settings.unread(contents.unread());
    }

    /// Server connections it may open: pools of each database, with their reserve.
    public static int serverConnections(Recognised service) {
        return serverConnections(service, service.settings().integer("default_pool_size").orElse(DEFAULT_POOL),
                _ -> true);
    }

    /// @param pool size of those that have none of their own
    /// @param counts by what a line below `[databases]` says
    static int serverConnections(Recognised service, int pool, Predicate<String> counts) {
        return (int) Math.min(MOST_CONNECTIONS, databases(service).filter(counts).mapToLong(line -> connections(line,
                pool, service.settings())).sum());
    }

    /// What the lines below `[databases]` say, its own or those that its image writes from variables; nothing of the
    /// one database that an image writes whose host is not looked at.
    static Stream<String> databases(Recognised service) {
        var lines = lines(service).map(Setting::value).toList();
        return lines.isEmpty() ? fromVariables(service.service()) : lines.stream();
    }

    private static Stream<Setting> lines(Recognised service) {
        return service.settings().effective().values().stream().filter(setting -> setting.name().startsWith(
                "database "));
    }

    /// edoburu's image takes several in one variable, Bitnami's further ones in one each.
    private static Stream<String> fromVariables(Service service) {
        var urls = service.variable("DATABASE_URLS").map(Located::value).filter(text -> !text.isBlank());
        if (urls.isPresent()) {
            return Arrays.stream(urls.get().split(",")).map(url -> URL.matcher(url.strip())).map(url -> url.matches()
                    ? "host=" + url.group(1)
                    : "");
        }
        return Stream.concat(Stream.of(""), service.environment().entrySet().stream().filter(entry -> entry.getKey()
                .matches("PGBOUNCER_DSN_\\d+"))
                .map(entry -> entry.getValue().value().replaceFirst("^[^=\\s]+=(?=\\S*=)",
                        "")));
    }

    /// Whether it takes clients to whatever database they name, each with a pool of its own.
    public static boolean servesAnyDatabase(Recognised service) {
        return lines(service).anyMatch(line -> line.name().equals("database *")) || lines(service).findAny().isEmpty()
                && service.clues().imageIs("edoburu/pgbouncer") && Stream.of("DB_NAME", "DATABASE_URL",
                        "DATABASE_URLS").noneMatch(service.clues()::has);
    }

    /// Databases that it has pools for: those that are named, and where it serves any, those that its clients name.
    public static int pooledDatabases(Recognised service, Inventory inventory) {
        var named = (int) databases(service).count();
        if (!servesAnyDatabase(service)) {
            return named;
        }
        var own = lines(service).map(line -> line.name().substring("database ".length())).collect(Collectors.toSet());
        var asked = inventory.running().flatMap(client -> client.service().environment().values().stream()
                .flatMap(value -> URL.matcher(value.value()).results()).filter(url -> new Neighbourhood(inventory,
                        client).at(url.group(1)).filter(found -> found.name().equals(service.name())).isPresent()))
                .map(url -> url.group(2)).distinct().filter(name -> !own.contains(name)).count();
        return named - 1 + (int) Math.max(1, asked);
    }

    private static long connections(String line, int pool, Settings settings) {
        var size = own(line, "pool_size").filter(own -> own > 0).orElse(pool);
        var reserve = own(line, "reserve_pool(?:_size)?").or(() -> settings.integer("reserve_pool_size")).orElse(0);
        var most = own(line, "max_db_connections").or(() -> settings.integer("max_db_connections"))
                .filter(bound -> bound > 0).orElse(MOST_CONNECTIONS);
        return Math.min((long) size + reserve, most);
    }

    private static Optional<Integer> own(String line, String name) {
        return Optional.of(Pattern.compile("(?:^|\\s)" + name + "\\s*=\\s*'?(\\d{1,6})(?!\\d)").matcher(line))
                .filter(match -> match.find()).map(match -> Integer.parseInt(match.group(1)));
    }

    /// The size of a pool as planned.
    static int plannedPool(Recognised service) {
        return service.hints().connections().map(Located::value).or(() -> service.settings().integer(
                "default_pool_size")).orElse(DEFAULT_POOL);
    }

    static int clients(Recognised service) {
        return service.settings().integer("max_client_conn").filter(count -> count > 0).orElse(100);
    }

    /// A client as measured where that is more than the budget.
    private static Amount ceiling(int clients, Calibrated calibrated) {
        var measured = calibrated.size(Constant.CLIENT).filter(size -> size.isLargerThan(CONNECTION));
        var client = measured.orElse(CONNECTION);
        return Amount.of(new Term("base", BASE, "", MODEL), new Term("clients", client.times(clients), clients + " × "
                + client, measured.isPresent() ? calibrated.source(Constant.CLIENT, MODEL) : MODEL));
    }

    /// A running pooler.
    public static Amount held(int clients, int servers) {
        return Amount.of(new Term("idle", IDLE, "", MODEL), new Term("connections", CONNECTION.times((long) clients
                + servers), "(" + clients + " clients + " + servers + " servers) × " + CONNECTION, MODEL));
    }

    /// What is set aside for that many clients.
    public static Amount budget(int clients) {
        return ceiling(clients, Calibrated.NONE);
    }

    @Override
    public List<String> heeds() {
        return List.of("connections");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return Demand.bounded(Amount.of(new Term("idle", MemorySize.ofMegabytes(2), "", MODEL)),
                Amount.of(new Term("idle", MemorySize.ofMegabytes(8), "", MODEL)),
                ceiling(clients(service), service.calibrated()));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var clients = clients(service);
        var least = ceiling(clients, service.calibrated()).total().roundedUpTo(MemorySize.ofMegabytes(16))
                .max(MemorySize.ofMegabytes(32));
        return new Sizing() {
            @Override
            public MemorySize minimum(int level) {
                return least;
            }

            @Override
            public MemorySize useful(int level) {
                return least.times(2);
            }

            @Override
            public Allotment at(MemorySize limit, int level) {
                return new Allotment(List.of(mode(service), pool(service),
                        new Choice("max_client_conn", String.valueOf(clients), "as configured", MANUAL,
                                "application pools"),
                        prepared(service)),
                        Optional.of(ceiling(clients, service.calibrated())), MemorySize.ofMegabytes(8));
            }

            @Override
            public double weight() {
                return 0.1;
            }
        };
    }

    private static Sizing.Choice pool(Recognised service) {
        var hinted = service.hints().connections().map(Located::value);
        var set = service.settings().get("default_pool_size");
        return new Sizing.Choice("default_pool_size", hinted.map(String::valueOf).or(() -> set.map(Setting::value))
                .orElse("20"),
                hinted.isPresent()
                        ? "x-plimsoll.connections"
                        : set.filter(found -> found.origin() != Setting.Origin.DEFAULT).isPresent()
                                ? "as configured"
                                : "the built-in default",
                MANUAL, "max_connections");
    }

    private static Sizing.Choice prepared(Recognised service) {
        return service.settings().get("max_prepared_statements")
                .map(set -> new Sizing.Choice("max_prepared_statements", set.value(), "as configured", MANUAL,
                        "drivers that prepare statements need at least as many as they keep"))
                .orElse(new Sizing.Choice("max_prepared_statements", "200", "drivers that prepare statements keep "
                        + "working (PgBouncer 1.21 and later)", MANUAL, "the version"));
    }

    /// A mode that somebody chose stays: in transactions LISTEN, session variables and advisory locks do not work.
    private static Sizing.Choice mode(Recognised service) {
        return service.settings().get("pool_mode").filter(set -> set.origin() != Setting.Origin.DEFAULT)
                .map(set -> new Sizing.Choice("pool_mode", set.value(), "as configured", MANUAL,
                        "transaction mode serves more clients, without LISTEN, session variables and advisory locks"))
                .orElse(new Sizing.Choice("pool_mode", "transaction", "few server connections serve many clients",
                        MANUAL, "LISTEN, session variables, advisory locks"));
    }
}
