package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;

/// What a Redis in a container wants besides the plan's settings. The user's own win over these.
final class RedisDefaults {
    /// What one client takes of maxmemory after its first command.
    private static final MemorySize CLIENT = MemorySize.ofKilobytes(36);
    private static final int FEWEST_CLIENTS = 200;
    /// The built-in default.
    private static final int MOST_CLIENTS = 10_000;

    private static final String CLIENTS = "https://redis.io/docs/latest/develop/reference/clients/";
    private static final String PERSISTENCE = "https://redis.io/docs/latest/operate/oss_and_stack/management/"
            + "persistence/";
    private static final String LATENCY = "https://redis.io/docs/latest/operate/oss_and_stack/management/"
            + "optimization/latency-monitor/";
    private static final String LAZY = "https://redis.io/docs/latest/commands/unlink/";
    private static final String SECURITY = "https://redis.io/docs/latest/operate/oss_and_stack/management/security/";

    private RedisDefaults() {}

    static List<LockedSetting> of(ServicePlan plan, Recognised service, RedisServer server) {
        var all = new ArrayList<LockedSetting>();
        all.add(setting("protected-mode", "no", "other containers connect over the network; who may is decided by the "
                + "stack's networks and the users", SECURITY));
        all.addAll(clients(plan));
        if (isPlanned(plan, "appendonly", "yes")) {
            all.addAll(durable(service));
        } else if (!isPlanned(plan, "maxmemory-policy", "noeviction")) {
            all.addAll(cache());
        }
        all.add(setting("slowlog-log-slower-than", "10000", "10 ms in microseconds: while one command runs, everybody "
                + "waits", LATENCY));
        all.add(setting("slowlog-max-len", "256", "enough for an hour of trouble, some 100 kB", LATENCY));
        all.add(setting("latency-monitor-threshold", "100", "events from 100 ms on: forks, expiry, disk", LATENCY));
        all.removeIf(setting -> !server.knows(setting.name()));
        return all;
    }

    private static boolean isPlanned(ServicePlan plan, String setting, String value) {
        return plan.choice(setting).filter(choice -> choice.value().equals(value)).isPresent();
    }

    private static List<LockedSetting> clients(ServicePlan plan) {
        var most = plan.choice("maxmemory").flatMap(choice -> MemoryDialect.REDIS.parse(choice.value()))
                .orElse(MemorySize.ZERO);
        var clients = Math.clamp(most.dividedBy(10).bytes() / CLIENT.bytes(), FEWEST_CLIENTS, MOST_CLIENTS);
        return List.of(
                setting("timeout", "0", "pools keep idle connections on purpose, and subscribers are silent for long",
                        CLIENTS),
                setting("tcp-keepalive", "60", "a client that vanished is noticed within minutes", CLIENTS),
                setting("maxclients", String.valueOf(clients), "a tenth of maxmemory " + most + " / 36 kB a client, "
                        + "at least 200, at most 10,000", "measured on Redis 7.0"),
                setting("client-output-buffer-limit normal", "normal 64mb 32mb 60", "one slow reader must not grow "
                        + "without bound", CLIENTS),
                setting("client-output-buffer-limit replica", "replica 64mb 32mb 60", "the default of 256mb is more "
                        + "than the buffers the plan counts", CLIENTS),
                setting("client-output-buffer-limit pubsub", "pubsub 32mb 8mb 60", "the built-in default", CLIENTS));
    }

    private static List<LockedSetting> cache() {
        var why = "large values are freed in the background";
        return List.of(setting("lazyfree-lazy-eviction", "yes", why, LAZY),
                setting("lazyfree-lazy-expire", "yes", why, LAZY),
                setting("lazyfree-lazy-server-del", "yes", why, LAZY),
                setting("lazyfree-lazy-user-del", "yes", why, LAZY),
                setting("lazyfree-lazy-user-flush", "yes", why, LAZY));
    }

    private static List<LockedSetting> durable(Recognised service) {
        return List.of(
                setting("aof-use-rdb-preamble", "yes", "a rewritten file is smaller and loads faster", PERSISTENCE),
                setting("no-appendfsync-on-rewrite", service.role() == Role.BROKER ? "no" : "yes",
                        service.role() == Role.BROKER
                                ? "a job that was accepted stays accepted, at the price of slower writes while the "
                                        + "file is rewritten"
                                : "writes do not wait for the disk while the file is rewritten",
                        PERSISTENCE),
                setting("auto-aof-rewrite-percentage", "100", "rewritten when it has doubled", PERSISTENCE),
                setting("auto-aof-rewrite-min-size", "64mb", "small files are not worth a fork", PERSISTENCE),
                setting("aof-load-truncated", "yes", "after a crash the last, half-written command is dropped",
                        PERSISTENCE));
    }

    private static LockedSetting setting(String name, String value, String because, String source) {
        return new LockedSetting(name, value, because, source);
    }
}
