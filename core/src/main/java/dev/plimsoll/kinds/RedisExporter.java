package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.regex.Pattern;

/// Exporter of Redis metrics.
final class RedisExporter implements Kind {
    /// 6 MB of its own, 16 MB working set.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(6, 16, 32,
            "measured on Debian 12, redis_exporter 1.45");
    private static final Pattern NAME = Pattern.compile("(?:redis|valkey)[-_]?exporter");

    @Override
    public String id() {
        return "redis-exporter";
    }

    @Override
    public Role role() {
        return Role.EXPORTER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("oliver006/redis_exporter", "bitnami/redis-exporter", "bitnamilegacy/redis-exporter")
                || clues.imageNameMatches(NAME)
                || clues.runs("redis_exporter", "redis-exporter");
    }

    @Override
    public List<Integer> ports() {
        return List.of(9121);
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return NEED.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return NEED.sizing(0.1);
    }
}
