package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server whose memory is one cache of a set size beside a fixed base: MongoDB, ClickHouse, Memcached.
///
/// @param option the setting of its cache
/// @param share of the visible memory that the cache takes when it is not set; 0 when `unset` is a size
/// @param unset the cache when it is not set and does not depend on the memory
/// @param base everything else
public record CacheShare(String id, Role role, Pattern images, List<String> programs, List<Integer> ports,
        List<String> dataPaths, String option, double share, MemorySize unset, MemorySize base, double weight,
        String source) implements Kind {
    static final CacheShare MONGO = new CacheShare("mongo", Role.DATABASE,
            Pattern.compile("mongo|mongodb(-.*)?|percona-server-mongodb"), List.of("mongod"), List.of(27_017),
            List.of("/data/db"), "wiredTigerCacheSizeGB", 0.5, MemorySize.ofMegabytes(256), MemorySize.ofMegabytes(256),
            3, "https://www.mongodb.com/docs/manual/core/wiredtiger/#memory-use");
    static final CacheShare CLICKHOUSE = new CacheShare("clickhouse", Role.DATABASE,
            Pattern.compile("clickhouse(-server)?"), List.of("clickhouse-server"), List.of(8123, 9000),
            List.of("/var/lib/clickhouse"), "max_server_memory_usage", 0.9, MemorySize.ZERO,
            MemorySize.ofMegabytes(300), 3, "https://clickhouse.com/docs/operations/server-configuration-parameters/"
                    + "settings#max_server_memory_usage_to_ram_ratio");
    static final CacheShare MEMCACHED = new CacheShare("memcached", Role.CACHE, Pattern.compile("memcached"),
            List.of("memcached"), List.of(11_211), List.of(), "-m", 0, MemorySize.ofMegabytes(64),
            MemorySize.ofMegabytes(16), 0.5, "https://docs.memcached.org/serverguide/configuring/");

    @Override
    public boolean recognises(Clues clues) {
        var servers = programs.toArray(String[]::new);
        return isImage(clues) && OwnServer.runs(clues, servers) || clues.runs(servers);
    }

    boolean isImage(Clues clues) {
        return clues.imageNameMatches(images);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return service.foundation().filter(image -> image.repository().contains("bitnami") && !dataPaths.isEmpty())
                .map(image -> List.of("/bitnami/" + image.name())).orElse(dataPaths);
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        clues.runOrArguments(programs.toArray(String[]::new)).ifPresent(run -> run
                .option("--" + option, option, "--memory-limit").ifPresent(value -> settings.set(option, value.value(),
                        value.where(), Setting.Origin.FLAG)));
        return settings.build();
    }

    /// The cache as set; empty when the program sizes itself.
    public Optional<MemorySize> set(Recognised service) {
        return service.settings().value(option).flatMap(value -> switch (id) {
            case "mongo" -> MemoryDialect.COMPOSE.parse(value + "g");
            case "memcached" -> MemoryDialect.COMPOSE.parse(value + "m");
            default -> MemoryDialect.COMPOSE.parse(value);
        });
    }

    private MemorySize cache(Recognised service, Host host) {
        var visible = service.limit().map(Located::value).orElse(host.memory());
        return set(service).orElseGet(() -> visible.minus(id.equals("mongo")
                ? MemorySize.ofGigabytes(1)
                : MemorySize.ZERO).times(share).max(unset));
    }

    private Amount ceiling(MemorySize cache) {
        return Amount.of(new Term("base", base, "", source), new Term("cache", cache, option, source));
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var cache = cache(service, host);
        return Demand.bounded(Amount.of(new Term("base", base.dividedBy(2), "", source)),
                Amount.of(new Term("base", base, "", source), new Term("cache", cache.min(MemorySize.ofMegabytes(512)),
                        "an ordinary dataset", SimpleKind.ASSUMPTION)),
                ceiling(cache));
    }

    /// MongoDB's connections, sorts and index builds live beside its cache, so that it gets half, as by default.
    private MemorySize planned(MemorySize limit) {
        var free = limit.minus(base);
        return id.equals("mongo") ? free.dividedBy(2).max(unset) : free;
    }

    private String arithmetic(MemorySize limit) {
        return id.equals("mongo")
                ? "half of (limit " + limit + " - " + base + "), at least " + unset
                        + "; connections, sorts and index builds need the rest"
                : "limit " + limit + " - " + base + " for everything else";
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var least = base.plus(unset.max(MemorySize.ofMegabytes(id.equals("memcached") ? 64 : 256)));
        return new Sizing() {
            @Override
            public MemorySize minimum(int level) {
                return least;
            }

            @Override
            public MemorySize useful(int level) {
                return id.equals("memcached") ? least.times(4) : MemorySize.ofGigabytes(64);
            }

            @Override
            public Allotment at(MemorySize limit, int level) {
                var cache = planned(limit).roundedDownTo(MemorySize.ofMegabytes(1));
                var value = switch (id) {
                    case "mongo" -> String.format(java.util.Locale.ROOT, "%.2f",
                            Math.floor(cache.megabytes() / 10.24) / 100);
                    case "memcached" -> String.valueOf(cache.megabytes());
                    default -> String.valueOf(cache.bytes());
                };
                return new Allotment(List.of(new Choice(option, value, arithmetic(limit), source, "the limit")),
                        Optional.of(ceiling(cache).plus(new Term("other work", limit.minus(base).minus(cache),
                                "what the limit leaves", source))),
                        base.plus(cache.times(0.7)).min(limit));
            }

            @Override
            public double weight() {
                return weight;
            }
        };
    }
}
