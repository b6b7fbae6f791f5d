package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// MySQL, MariaDB and Percona Server.
public final class MySql implements Kind {
    /// Dictionary, InnoDB log buffer (16 MB) and performance_schema. Measured on MariaDB 10.11 with performance_schema
    /// on and 500 tables open: 194 MB of its own beside the pages in its pool. MySQL's manual says 100 to 200 MB for
    /// performance_schema.
    static final MemorySize BASE = MemorySize.ofMegabytes(200);
    /// The same with performance_schema off, which is MariaDB's default: 90 MB measured, and a margin. For MySQL an
    /// assumption.
    static final MemorySize LEAN_BASE = MemorySize.ofMegabytes(100);
    /// Thread stack 1 MB and the default sort, join, read and network buffers.
    static final MemorySize CONNECTION = MemorySize.ofMegabytes(2);
    /// InnoDB's own bookkeeping on top of the pool.
    static final double POOL_OVERHEAD = 1.1;

    private static final String MANUAL = "https://dev.mysql.com/doc/refman/8.4/en/memory-use.html";
    private static final Pattern NAME = Pattern.compile("mysql(-server)?|mariadb|percona(-server)?|mariadb-galera");
    /// Names that images of its clients have as well, such as zabbix-server-mysql.
    private static final Pattern AMBIGUOUS = Pattern.compile(".*-mysql|.*-mariadb");
    private static final Pattern MARIADB = Pattern.compile("mariadb.*|.*-mariadb");
    private static final String DATA = "/var/lib/mysql";

    @Override
    public String id() {
        return "mysql";
    }

    @Override
    public Role role() {
        return Role.DATABASE;
    }

    @Override
    public boolean recognises(Clues clues) {
        return isImage(clues) && OwnServer.runs(clues, "mysqld", "mariadbd", "mysqld_safe", "mariadbd-safe")
                || clues.runs("mysqld", "mariadbd", "mysqld_safe");
    }

    static boolean isImage(Clues clues) {
        return clues.imageNameMatches(NAME) || clues.imageIs("mysql/community-server") || clues.imageNameMatches(
                AMBIGUOUS) && clues.service().mounts().stream().anyMatch(mount -> mount.covers(DATA));
    }

    @Override
    public List<Integer> ports() {
        return List.of(3306);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return service.foundation().map(image -> List.of(image.repository().contains("bitnami")
                ? "/bitnami/" + image.name()
                : image.repository().contains("linuxserver/") ? "/config" : DATA)).orElse(List.of(DATA));
    }

    /// Where the images read option files.
    private static final Pattern READ = Pattern.compile("/etc/(?:my\\.cnf|mysql/.*|my\\.cnf\\.d/.*)");

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        var copied = clues.service().built().stream().flatMap(BuiltImage::targets).filter(target -> READ.matcher(target)
                .matches());
        Stream.concat(copied, clues.service().mounts().stream().map(Mount::target)).filter(target -> target.endsWith(
                ".cnf")).distinct().forEach(target -> stack.fileAt(clues.service(), target).ifPresent(file -> {
                    if (file.text().isEmpty()) {
                        settings.missing(file.path(), file.mount());
                    }
                    ConfLines.ini(file).stream()
                            .filter(line -> line.section().matches("mysqld|server|mariadb|mariadbd"))
                            .forEach(line -> settings.set(name(line.name()), line.value(), line.where(),
                                    Setting.Origin.FILE));
                }));
        clues.runOrArguments("mysqld", "mariadbd", "mysqld_safe").ifPresent(run -> flags(run, settings));
        return settings.build();
    }

    /// `--name=value`, `--name value`, and `--name` alone, which switches on.
    private static void flags(Invocation run, Settings.Builder settings) {
        var words = run.arguments();
        for (var at = 0; at < words.size(); at++) {
            var word = words.get(at);
            if (!word.value().startsWith("--")) {
                continue;
            }
            var text = word.value().substring(2);
            var equals = text.indexOf('=');
            var next = at + 1 < words.size() ? words.get(at + 1).value() : "--";
            var value = equals >= 0 ? text.substring(equals + 1) : next.startsWith("-") ? "ON" : next;
            settings.set(name(equals < 0 ? text : text.substring(0, equals)), value, word.where(),
                    Setting.Origin.FLAG);
        }
    }

    private static String name(String written) {
        return written.replace('-', '_');
    }

    /// The buffer pool, 128 MB unless set.
    public static MemorySize bufferPool(Recognised service) {
        return service.settings().size("innodb_buffer_pool_size", MemoryDialect.JVM)
                .orElse(MemorySize.ofMegabytes(128));
    }

    static int connections(Recognised service) {
        return service.hints().connections().map(Located::value)
                .or(() -> service.settings().integer("max_connections")).filter(count -> count > 0).orElse(151);
    }

    /// What the server takes before it caches or serves anything.
    static MemorySize base(Recognised service) {
        var isMariaDb = service.clues().imageNameMatches(MARIADB) || service.clues().runs("mariadbd", "mariadbd-safe");
        var watches = service.settings().value("performance_schema").map(value -> !value.matches("(?i)0|off|false"))
                .orElse(!isMariaDb);
        return watches ? BASE : LEAN_BASE;
    }

    static Amount ceiling(MemorySize base, MemorySize pool, int connections) {
        return Amount.of(new Term("server", base, "", MANUAL),
                new Term("buffer pool", pool.times(POOL_OVERHEAD), "innodb_buffer_pool_size " + pool + " × 1.1",
                        MANUAL),
                new Term("connections", CONNECTION.times(connections), connections + " × 2 MB", MANUAL));
    }

    @Override
    public List<String> heeds() {
        return List.of("connections");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var pool = bufferPool(service);
        var count = connections(service);
        var base = base(service);
        return Demand.bounded(Amount.of(new Term("server", base, "", MANUAL)), ceiling(base, pool, Math.min(count,
                20)), ceiling(base, pool, count));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return new MySqlSizing(base(service), connections(service), service.settings().get("innodb_buffer_pool_size")
                .map(_ -> bufferPool(service)));
    }

    /// The buffer pool gets what connections and the server leave, up to the size that somebody chose.
    record MySqlSizing(MemorySize base, int declared, Optional<MemorySize> chosen) implements Sizing {
        @Override
        public Optional<Lever> lever() {
            return Optional.of(new Lever("max_connections", declared, 30));
        }

        @Override
        public MemorySize minimum(int level) {
            return ceiling(base, MemorySize.ofMegabytes(64), level).total().roundedUpTo(MemorySize.ofMegabytes(16));
        }

        @Override
        public MemorySize assumed(int level) {
            return chosen.map(pool -> ceiling(base, pool, level).total().roundedUpTo(MemorySize.ofMegabytes(16)))
                    .orElse(MemorySize.ZERO).max(minimum(level));
        }

        @Override
        public MemorySize useful(int level) {
            return chosen.isPresent() ? assumed(level) : MemorySize.ofGigabytes(64);
        }

        @Override
        public Allotment at(MemorySize limit, int level) {
            // A byte is left out, as no double is exactly 1.1 and the product is rounded up.
            var rest = (limit.minus(base).minus(CONNECTION.times(level)).bytes() - 1) / POOL_OVERHEAD;
            var pool = MemorySize.ofBytes((long) rest).roundedDownTo(MemorySize.ofMegabytes(8))
                    .min(chosen.orElse(MemorySize.MAX));
            return new Allotment(List.of(
                    new Choice("innodb_buffer_pool_size", pool.megabytes() + "M",
                            chosen.filter(pool::equals).isPresent()
                                    ? "as configured"
                                    : "(limit " + limit + " - " + base + " server - " + level
                                            + " connections × 2 MB) / 1.1",
                            MANUAL, "the limit, max_connections"),
                    new Choice("max_connections", String.valueOf(level), level == declared
                            ? "as configured"
                            : "lowered from " + declared + " to fit", MANUAL, "x-plimsoll.connections")),
                    Optional.of(ceiling(base, pool, level)),
                    ceiling(base, pool, Math.min(level, 20)).total().min(limit));
        }

        @Override
        public double weight() {
            return 4;
        }
    }
}
