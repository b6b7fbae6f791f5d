package dev.plimsoll.kinds;

import dev.plimsoll.kinds.Setting.Origin;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.stack.Stack;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// PostgreSQL and images built on it.
public final class Postgres implements Kind {
    /// Assumed when the tag names no version: what `latest` is.
    public static final int NEWEST_MAJOR = PostgresParameters.LAST_MAJOR;
    /// The first major whose initdb takes `-c`.
    public static final int FIRST_MAJOR_WITH_INITDB_SETTINGS = 16;

    /// The first major with `wal_compression = lz4`.
    private static final int FIRST_MAJOR_WITH_LZ4 = 15;
    /// The official image and those built on it. It compiles with lz4 on Alpine and takes PGDG's packages, which do
    /// too, on Debian (docker-library/postgres, Dockerfile templates).
    private static final Pattern OFFICIAL = Pattern.compile("postgres|postgis/postgis|pgvector/pgvector|"
            + "timescale/timescaledb");

    private static final Pattern MINOR = Pattern.compile("v?(\\d+(?:\\.\\d+)?).*");
    private static final Pattern NAME = Pattern.compile("postgres|postgresql|postgis|pgvector|timescaledb(-ha)?|"
            + "pgvecto-rs|vchord.*|immich-?.*postgres.*|.*-postgres(ql)?|postgres-.*|postgresql-.*|pg|pgroonga|"
            + "spilo.*|cloudnative-?pg|alloydbomni|paradedb|supabase-postgres|tensorchord.*");
    private static final Pattern NOT_A_SERVER = Pattern.compile(".*(exporter|backup|bouncer|admin|pgloader|proxy|"
            + "adminer|patroni|barman|wal-g|pgpool|rest|meta|migrat).*");
    private static final Pattern TAG_MAJOR = Pattern.compile("(?:.*[^0-9.])?(?:pg|postgres|postgresql)-?v?(\\d{1,2})"
            + "(?:[^0-9].*)?");

    @Override
    public String id() {
        return "postgres";
    }

    @Override
    public Role role() {
        return Role.DATABASE;
    }

    @Override
    public boolean recognises(Clues clues) {
        return isImage(clues) && OwnServer.runs(clues, "postgres", "postmaster", "pg_ctl", "pg_ctlcluster",
                "pg_autoctl", "patroni") || clues.runs("postgres");
    }

    /// An image of the service's own, which keeps a database where the official one does.
    @Override
    public boolean suspects(Clues clues) {
        return clues.invocations().isEmpty() && !OwnServer.isJob(clues.service())
                && !clues.imageNameMatches(NOT_A_SERVER)
                && (clues.has("POSTGRES_PASSWORD") || clues.has("POSTGRES_USER") || clues.has("POSTGRES_DB"))
                && clues.service().mounts().stream()
                        .anyMatch(mount -> mount.target().startsWith("/var/lib/postgresql"));
    }

    static boolean isImage(Clues clues) {
        return (clues.imageNameMatches(NAME) || clues.imageIs("supabase/postgres", "citusdata/citus",
                "tensorchord/pgvecto-rs")) && !clues.imageNameMatches(NOT_A_SERVER);
    }

    @Override
    public List<Integer> ports() {
        return List.of(5432);
    }

    @Override
    public List<String> dataPaths(Service service) {
        if (service.foundation().filter(image -> image.repository().contains("bitnami")).isPresent()) {
            return List.of("/bitnami/postgresql");
        }
        return List.of(service.variable("PGDATA").map(Located::value).orElse("/var/lib/postgresql/data"));
    }

    /// The server's major version: from the tag, for derivatives such as `pgvector:pg16` too.
    public static Optional<Integer> major(Clues clues) {
        return clues.image().flatMap(image -> image.tag().flatMap(tag -> {
            var match = TAG_MAJOR.matcher(tag.toLowerCase(Locale.ROOT));
            if (match.matches()) {
                return Optional.of(Integer.parseInt(match.group(1)));
            }
            if (image.name().equals("citus")) {
                return ofCitus(MINOR.matcher(tag).replaceFirst("$1"));
            }
            if (image.repository().endsWith("ankane/pgvector")) {
                return ofAnkane(MINOR.matcher(tag).replaceFirst("$1"));
            }
            var isOwnVersion = image.name().equals("postgres") || image.name().equals("postgresql")
                    || image.name().equals("postgis");
            return isOwnVersion ? image.major() : Optional.empty();
        }));
    }

    /// citusdata/docker, CHANGELOG.
    private static Optional<Integer> ofCitus(String version) {
        return switch (version) {
            case "10.0", "10.1" -> Optional.of(13);
            case "10", "10.2", "11.0" -> Optional.of(14);
            case "11", "11.1", "11.2", "11.3", "12.0" -> Optional.of(15);
            case "12", "12.1" -> Optional.of(16);
            case "13", "13.0", "13.1", "13.2" -> Optional.of(17);
            default -> Optional.empty();
        };
    }

    /// pgvector/pgvector, Dockerfile by tag; the image is not built any more.
    private static Optional<Integer> ofAnkane(String version) {
        return switch (version) {
            case "0.2" -> Optional.of(14);
            case "latest", "0.3", "0.4", "0.5" -> Optional.of(15);
            default -> Optional.empty();
        };
    }

    /// Whether the image's server is known to compress its log with lz4; one built without refuses to start with it.
    static boolean hasLz4(Clues clues) {
        return clues.image().filter(image -> OFFICIAL.matcher(image.repository()).matches()).isPresent()
                && major(clues).orElse(NEWEST_MAJOR) >= FIRST_MAJOR_WITH_LZ4;
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        var where = clues.service().where();
        settings.set("max_connections", "100", where, Origin.DEFAULT);
        settings.set("shared_buffers", "128MB", where, Origin.DEFAULT);
        initial(clues, settings);
        clues.service().environment().forEach((name, value) -> {
            if (name.startsWith("POSTGRESQL_") && clues.imageIs("bitnami/postgresql", "bitnamilegacy/postgresql")) {
                bitnami(name, value).ifPresent(settings::set);
            }
        });
        var flags = flags(clues);
        file(stack, clues, flags).ifPresent(named -> {
            var mounted = stack.fileAt(clues.service(), named.value());
            if (mounted.isPresent() && mounted.get().text().isEmpty()) {
                settings.missing(mounted.get().path(), mounted.get().mount());
            } else if (mounted.isEmpty() && clues.service().built().isPresent()) {
                settings.missing(named.value(), named.where());
            }
            mounted.map(ConfLines::postgres).ifPresent(contents -> {
                contents.lines().forEach(line -> settings.set(of(line.name(), line.value(), line.where(),
                        Origin.FILE)));
                settings.unread(contents.unread());
            });
        });
        flags.forEach(settings::set);
        return settings.build();
    }

    /// `-c` behind POSTGRES_INITDB_ARGS lands in the volume's postgresql.conf, from version 16 on.
    private static void initial(Clues clues, Settings.Builder settings) {
        var args = clues.service().variable("POSTGRES_INITDB_ARGS");
        if (args.isEmpty() || major(clues).orElse(NEWEST_MAJOR) < FIRST_MAJOR_WITH_INITDB_SETTINGS) {
            return;
        }
        initdbSettings(args.get()).forEach(settings::set);
    }

    /// The settings asked for in POSTGRES_INITDB_ARGS, whether or not the version honours them.
    public static List<Setting> initdbSettings(Located<String> args) {
        var words = ShellWords.split(args.value()).orElse(List.of()).stream()
                .map(word -> new Located<>(word, args.where())).toList();
        var run = new Invocation("initdb", words, java.util.Map.of(), args.where());
        return run.options("-c", "--set").stream().flatMap(pair -> setting(pair, Origin.INIT).stream()).toList();
    }

    private static Optional<Setting> bitnami(String name, Located<String> value) {
        var known = switch (name) {
            case "POSTGRESQL_MAX_CONNECTIONS" -> "max_connections";
            case "POSTGRESQL_STATEMENT_TIMEOUT" -> "statement_timeout";
            case "POSTGRESQL_TCP_KEEPALIVES_IDLE" -> "tcp_keepalives_idle";
            case "POSTGRESQL_FSYNC" -> "fsync";
            case "POSTGRESQL_WAL_LEVEL" -> "wal_level";
            case "POSTGRESQL_SYNCHRONOUS_COMMIT_MODE" -> "synchronous_commit";
            default -> "";
        };
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(of(known, value.value(), value.where(), Origin.ENVIRONMENT));
    }

    /// Settings on the command line: `-c name=value` and `--name=value`.
    static List<Setting> flags(Clues clues) {
        var run = clues.runOrArguments("postgres");
        if (run.isEmpty()) {
            return List.of();
        }
        var found = new java.util.ArrayList<Setting>();
        run.get().options("-c").forEach(pair -> setting(pair, Origin.FLAG).ifPresent(found::add));
        run.get().arguments().stream().filter(word -> word.value().startsWith("--") && word.value().contains("="))
                .forEach(word -> setting(word.map(text -> text.substring(2).replace('-', '_')), Origin.FLAG)
                        .ifPresent(found::add));
        run.get().option("-N").ifPresent(value -> found
                .add(of("max_connections", value.value(), value.where(), Origin.FLAG)));
        run.get().option("-B").ifPresent(value -> found
                .add(of("shared_buffers", value.value(), value.where(), Origin.FLAG)));
        return found;
    }

    private static Optional<Setting> setting(Located<String> pair, Origin origin) {
        var at = pair.value().indexOf('=');
        return at < 1
                ? Optional.empty()
                : Optional.of(of(pair.value().substring(0, at).strip().toLowerCase(Locale.ROOT),
                        unquoted(pair.value().substring(at + 1).strip()), pair.where(), origin));
    }

    private static Setting of(String name, String value, Location where, Origin origin) {
        return new Setting(name, PostgresParameters.decimal(name, value), where, origin);
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("'") && value.endsWith("'")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /// The config file in the container: the one a flag names, or the data directory's own when it is mounted.
    private static Optional<Located<String>> file(Stack stack, Clues clues, List<Setting> flags) {
        var named = flags.stream().filter(flag -> flag.name().equals("config_file")).reduce((earlier, later) -> later);
        if (named.isPresent()) {
            return named.map(flag -> new Located<>(flag.value(), flag.where()));
        }
        var service = clues.service();
        var data = service.variable("PGDATA").map(Located::value).orElse("/var/lib/postgresql/data");
        for (var path : List.of(data + "/postgresql.conf", "/opt/bitnami/postgresql/conf/postgresql.conf",
                "/bitnami/postgresql/conf/postgresql.conf")) {
            var mounted = service.mounts().stream().filter(mount -> mount.target().equals(path)).findFirst();
            if (mounted.isPresent() || service.files().stream().anyMatch(file -> file.target().equals(path))) {
                return Optional.of(new Located<>(path, mounted.map(mount -> mount.where())
                        .orElse(new Location(stack.mainFile(), 0, 0))));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<String> heeds() {
        return List.of("connections", "dataset");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return PostgresMemory.of(service).demand(host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return new PostgresSizing(service, host.cpus().cores(), host.diskKind(), host.disk());
    }
}
