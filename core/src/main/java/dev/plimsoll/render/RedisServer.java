package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import java.util.regex.Pattern;

/// How the image of a Redis-like service takes a config file, and which directives its version knows.
///
/// @param way where the file goes
/// @param minor version of the Redis protocol's reference server that it matches, as 10 × major + minor: 62 for 6.2
/// @param valkey whether it is Valkey
record RedisServer(Way way, int minor, boolean valkey) {
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)(?:\\.(\\d+))?.*");
    /// What an image without a version in its tag holds; nothing newer is relied on.
    private static final int NEWEST = 72;
    /// Valkey began as a copy of Redis 7.2.
    private static final int FIRST_VALKEY = 72;
    private static final int FIRST_WITH_ACL = 60;

    /// Where a config file goes.
    enum Way {
        /// The official image: `redis-server FILE` is its command.
        OFFICIAL,
        /// Bitnami's file of overrides; its passwords stay its own.
        BITNAMI,
        /// Redis Stack reads one file if it is there.
        STACK,
        /// Another program or image.
        UNKNOWN
    }

    static RedisServer of(Recognised service) {
        var image = service.clues().image();
        var name = image.map(found -> found.name()).orElse("");
        var bitnami = image.filter(found -> found.repository().contains("bitnami")).isPresent();
        var valkey = name.contains("valkey");
        var isHidden = service.mayHide("redis.conf", "valkey.conf", "/etc/redis", "requirepass", "users.acl");
        var way = isHidden ? Way.UNKNOWN : switch (name) {
            case "redis", "valkey" -> bitnami ? Way.BITNAMI : Way.OFFICIAL;
            case "redis-stack", "redis-stack-server" -> Way.STACK;
            default -> Way.UNKNOWN;
        };
        return new RedisServer(way, valkey ? FIRST_VALKEY : minor(image.flatMap(found -> found.tag()).orElse("")),
                valkey);
    }

    private static int minor(String tag) {
        var match = VERSION.matcher(tag);
        if (!match.matches() || match.group(1).length() > 2) {
            return NEWEST;
        }
        var major = Integer.parseInt(match.group(1));
        var newest = major == 6 ? 2 : 0;
        return major * 10 + (match.group(2) == null ? newest : Math.min(9, Integer.parseInt(match.group(2))));
    }

    boolean hasAcl() {
        return minor >= FIRST_WITH_ACL;
    }

    boolean knows(String directive) {
        return switch (directive) {
            case "lazyfree-lazy-eviction", "lazyfree-lazy-expire", "lazyfree-lazy-server-del", "replica-lazy-flush",
                    "aof-use-rdb-preamble" ->
                minor >= 40;
            case "lazyfree-lazy-user-del" -> minor >= 60;
            case "lazyfree-lazy-user-flush" -> minor >= 62;
            case "maxmemory-clients", "shutdown-timeout" -> minor >= 70;
            default -> true;
        };
    }

    String program() {
        return valkey ? "valkey-server" : "redis-server";
    }

    @Override
    public String toString() {
        return (valkey ? "Valkey" : "Redis " + minor / 10 + "." + minor % 10);
    }
}
