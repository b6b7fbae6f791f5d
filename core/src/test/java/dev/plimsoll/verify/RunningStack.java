package dev.plimsoll.verify;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Expected;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.Lock.LockedFile;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.lock.Traits;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.observe.Observations.Unobserved;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A healthy stack of seven services as probes see it, and ways to spoil it: the fixture of the scenarios.
final class RunningStack {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final MemorySize MB = MemorySize.ofMegabytes(1L);

    Lock lock;
    /// By service, then by name of the fact.
    private final Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    private final List<Unobserved> gaps = new ArrayList<>();

    private RunningStack(String profile) {
        lock = new Lock("shop", List.of("../compose.yml"), List.of(), profile, Host.of(MemorySize.ofGigabytes(4),
                Millicores.ofCores(2)), MB.times(3500L),
                List.of(
                        service("api", "python-web", Role.APP, "shop/api:1", 256, settings("GOMEMLIMIT",
                                "230MiB"), api()),
                        service("db", "postgres", Role.DATABASE, "postgres:15", 1024, settings("max_connections", "40",
                                "shared_buffers", "256MB", "work_mem", "4096kB", "statement_timeout", "30s",
                                "tcp_keepalives_idle", "60s",
                                "wal_buffers", "8MB", "random_page_cost", "1.1", "shared_preload_libraries",
                                "pg_stat_statements", "archive_command", "'cp %p /archive/%f'", "shm_size", "128MB"),
                                database()),
                        service("cache", "redis", Role.CACHE, "redis:7", 256, settings("maxmemory", "180mb",
                                "maxmemory-policy", "allkeys-lru", "appendonly", "yes", "save", "\"\"",
                                "client-output-buffer-limit", "normal 64mb 32mb 60",
                                "client-output-buffer-limit pubsub", "pubsub 32mb 8mb 60", "aclfile",
                                "/etc/plimsoll/users.acl"), empty()),
                        service("pooler", "pgbouncer", Role.POOLER, "pgbouncer:1.21", 64, settings("pool_mode",
                                "transaction", "default_pool_size", "20"), pooler()),
                        service("prometheus", "prometheus", Role.MONITORING, "prom/prometheus:v2.53.0", 256, settings(
                                "--storage.tsdb.retention.time", "7d", "--storage.tsdb.retention.size", "500MB"),
                                empty()),
                        service("alertmanager", "alertmanager", Role.MONITORING, "prom/alertmanager:v0.27.0", 64,
                                List.of(), empty()),
                        service("node", "node-exporter", Role.EXPORTER, "prom/node-exporter:v1.8.0", 32, List.of(),
                                empty())),
                List.of(), List.of(new LockedFile("db/postgresql.conf", "aa"), new LockedFile(
                        "prometheus/rules.yml", "bb"), new LockedFile("cache/private/users.acl", "-")));

        lock.services().forEach(this::container);
        database(facts("db"));
        cache(facts("cache"));
        pooler(facts("pooler"));
        prometheus(facts("prometheus"));
        facts("cache").put("file.cache/private/users.acl", "cc");
        facts("alertmanager").putAll(Map.of("alertmanager.receiver.team", "1", "alertmanager.routed.team", "true"));
    }

    static RunningStack healthy() {
        return new RunningStack("production");
    }

    static RunningStack inDevelopment() {
        return new RunningStack("development");
    }

    private static LockedService service(String name, String kind, Role role, String image, int limit,
            List<LockedSetting> settings, Expected expected) {
        return new LockedService(name, kind, role, Optional.of(image), 1, MB.times((long) limit), MB.times(limit / 2L),
                Optional.of(MB.times((long) limit)), Millicores.ofCores(1), settings, Optional.of(expected));
    }

    private static List<LockedSetting> settings(String... namesAndValues) {
        var settings = new ArrayList<LockedSetting>();
        for (var at = 0; at < namesAndValues.length; at += 2) {
            settings.add(new LockedSetting(namesAndValues[at], namesAndValues[at + 1], "because", "source"));
        }
        return settings;
    }

    private static Expected empty() {
        return new Expected(List.of(), List.of(), false, Optional.of("unless-stopped"), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /// A pooler, which needs the database as the API needs the pooler.
    private static Expected pooler() {
        return new Expected(List.of(), List.of(), false, Optional.of("unless-stopped"), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of("db"));
    }

    private static Expected api() {
        return new Expected(List.of(new Expected.Mounted("bind", "./conf", "/conf", false, true)), List.of(
                new Expected.Published(8080, false), new Expected.Published(9000, true)), true,
                Optional.of("unless-stopped"), Optional.of(200L), Optional.empty(), Optional.of(Millicores
                        .ofCores(1)),
                Optional.of(MB.times(256L)), List.of(), List.of("pooler")).running(
                        new Traits(Map.of("command",
                                "serve --workers 2", "stop_grace_period", "30", "oom_score_adj", "100", "logging",
                                "json-file max-file=3 max-size=10m"), List.of("capability NET_BIND_SERVICE"),
                                Map.of()));
    }

    private static Expected database() {
        return new Expected(List.of(new Expected.Mounted("volume", "data", "/var/lib/postgresql/data", false)),
                List.of(), true, Optional.of("unless-stopped"), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), List.of());
    }

    private Map<String, String> facts(String service) {
        return facts.computeIfAbsent(service, _ -> new LinkedHashMap<>());
    }

    private void container(LockedService service) {
        var all = facts(service.name());
        var limit = service.limit().bytes();
        all.put("container.state", "running");
        all.put("container.age", "7200");
        all.put("container.health", service.expected().orElseThrow().healthcheck() ? "healthy" : "none");
        all.put("container.healthcheck", String.valueOf(service.expected().orElseThrow().healthcheck()));
        all.put("container.image", "docker.io/" + service.image().orElseThrow());
        all.put("container.restarts", "0");
        all.put("container.oom_killed", "false");
        all.put("container.restart_policy", "unless-stopped");
        all.put("container.limit", String.valueOf(limit));
        all.put("container.swap_limit", String.valueOf(limit));
        all.put("container.cpus", "1");
        all.put("container.shm", String.valueOf(128 << 20));
        all.put("container.pids", service.name().equals("api") ? "200" : "none");
        all.put("memory.limit", String.valueOf(limit));
        all.put("memory.working_set", String.valueOf(limit / 3));
        all.put("memory.anonymous", String.valueOf(limit / 4));
        service.expected().orElseThrow().traits().options().forEach((name, value) -> all.put("container.option."
                + name, value));
        service.expected().orElseThrow().traits().grants().forEach(grant -> all.put("container.grant." + grant,
                "true"));
        all.put("memory.shared", "0");
        all.put("memory.peak", String.valueOf(limit / 2));
        all.put("memory.oom_kills", "0");
        if (service.name().equals("api")) {
            all.put("container.mount./conf", "bind:/srv/shop/conf");
            all.put("container.port.8080", "0.0.0.0:80");
            all.put("container.port.9000", "127.0.0.1:9000");
            all.put("container.variable.GOMEMLIMIT", "as given");
            all.put("container.variable.DATABASE_URL", "as given");
        }
        if (service.name().equals("db")) {
            all.put("container.mount./var/lib/postgresql/data", "volume:shop_data");
            all.put("file.db/postgresql.conf", "aa");
        }
    }

    private static void setting(Map<String, String> all, String name, String value, String unit, String source) {
        all.put("postgres.setting." + name, value);
        all.put("postgres.source." + name, source);
        if (!unit.isEmpty()) {
            all.put("postgres.unit." + name, unit);
        }
    }

    private static void database(Map<String, String> all) {
        var file = "configuration file /etc/plimsoll/postgresql.conf:9";
        setting(all, "server_version_num", "150018", "", "default");
        setting(all, "max_connections", "40", "", file);
        setting(all, "shared_buffers", "32768", "8kB", file);
        setting(all, "work_mem", "4096", "kB", file);
        setting(all, "statement_timeout", "30000", "ms", file);
        setting(all, "wal_buffers", "1024", "8kB", file);
        setting(all, "random_page_cost", "1.1", "", file);
        setting(all, "shared_preload_libraries", "pg_stat_statements", "", file);
        setting(all, "archive_command", "set", "", file);
        setting(all, "tcp_keepalives_idle", "0", "s", file);
        setting(all, "fsync", "on", "", "default");
        setting(all, "full_page_writes", "on", "", "default");
        setting(all, "autovacuum", "on", "", "default");
        all.put("postgres.unread_file.pg_hba.conf", "false");
        all.put("postgres.owner", "postgres");
        all.put("postgres.trusts", "false");
        all.put("postgres.read.access", "3");
        all.put("postgres.access.1", "local all all - trust");
        all.put("postgres.access.2", "host all all 127.0.0.1 scram-sha-256");
        all.put("postgres.access.3", "host all all samenet scram-sha-256");
        all.put("postgres.read.role", "2");
        all.put("postgres.role.postgres", "superuser");
        all.put("postgres.role.app", "ordinary");
        all.put("postgres.weak_password.postgres", "false");
        all.put("postgres.given_password", "true");
        all.put("postgres.read.extension", "1");
        all.put("postgres.extension.pg_stat_statements", "1.10");
        all.put("postgres.connections.total", "8");
        all.put("postgres.connections.idle", "6");
        all.put("postgres.databases.age", "20000000");
    }

    private static void cache(Map<String, String> all) {
        all.put("redis.config.maxmemory", String.valueOf(180 << 20));
        all.put("redis.config.maxmemory-policy", "allkeys-lru");
        all.put("redis.config.appendonly", "yes");
        all.put("redis.config.save", "");
        all.put("redis.config.client-output-buffer-limit", "normal 67108864 33554432 60 slave 268435456 67108864 60 "
                + "pubsub 33554432 8388608 60");
        all.put("redis.config.aclfile", "/etc/plimsoll/users.acl");
        all.put("redis.open", "false");
        all.put("redis.weak_password", "false");
        all.put("redis.user.default", "on, password, FLUSHALL denied");
        all.put("redis.filed_user.default", "on, password, FLUSHALL denied");
        all.put("redis.info.rdb_last_bgsave_status", "ok");
        all.put("redis.info.role", "master");
        all.put("redis.config.min-replicas-to-write", "0");
        all.put("redis.info.aof_last_write_status", "ok");
    }

    private static void pooler(Map<String, String> all) {
        all.put("pgbouncer.database.shop", "open");
        all.put("pgbouncer.config.pool_mode", "transaction");
        all.put("pgbouncer.config.default_pool_size", "20");
        all.put("pgbouncer.pool_mode.shop.app", "transaction");
    }

    private static void prometheus(Map<String, String> all) {
        all.put("prometheus.alerts", "2");
        all.put("prometheus.rules", "2");
        all.put("prometheus.rule_files", "1");
        all.put("prometheus.loaded_file./etc/prometheus/rules.yml", "true");
        all.put("prometheus.rule.base/Down", "ok");
        all.put("prometheus.rule.base/Full", "ok");
        all.put("prometheus.dead.base/Down", "");
        all.put("prometheus.dead.base/Full", "");
        all.put("prometheus.alertmanagers", "1");
        all.put("prometheus.alertmanager.http://alertmanager:9093/api/v2/alerts", "true");
        all.put("prometheus.reload", "true");
        all.put("prometheus.targets", "2");
        all.put("prometheus.target.node node:9100", "up");
        all.put("prometheus.target.prometheus localhost:9090", "up");
        all.put("prometheus.series", "1500");
        all.put("prometheus.flag.storage.tsdb.retention.time", "1w");
        all.put("prometheus.flag.storage.tsdb.retention.size", "500MiB");
        all.put("host.memory", String.valueOf(4L << 30));
        all.put("host.disk_free_share", "0.6");
    }

    /// The same stack with one more or another fact.
    RunningStack with(String service, String what, String value) {
        facts(service).put(what, value);
        return this;
    }

    /// The same stack with one fact less.
    RunningStack without(String service, String what) {
        facts(service).remove(what);
        return this;
    }

    /// The same stack, where nothing below a name could be read.
    RunningStack withoutAll(String service, String prefix) {
        facts(service).keySet().removeIf(what -> what.startsWith(prefix));
        return this;
    }

    /// The same stack with a Prometheus that only records.
    RunningStack withoutRuleFiles() {
        facts("prometheus").keySet().removeIf(what -> what.matches("prometheus\\.(?:rule|dead|loaded_file)\\..*"));
        lock = new Lock(lock.project(), lock.composeFiles(), lock.envFiles(), lock.profile(), lock.host(), lock
                .loadLine(), lock.services(), lock.leftOut(),
                lock.files().stream().filter(file -> !file.path()
                        .contains("rules")).toList());
        return with("prometheus", "prometheus.alerts", "0").with("prometheus", "prometheus.rules", "0").with(
                "prometheus", "prometheus.rule_files", "0");
    }

    /// The same stack, whose own files give the database's owner a well-known password.
    RunningStack declaringWeak(String variable) {
        var declared = new Expected(database().mounts(), List.of(), true, Optional.of("unless-stopped"), Optional
                .empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(variable), List.of());
        lock = new Lock(lock.project(), lock.composeFiles(), lock.envFiles(), lock.profile(), lock.host(), lock
                .loadLine(),
                lock.services().stream().map(service -> service.name().equals("db")
                        ? service("db", "postgres", Role.DATABASE, "postgres:15", 1024, service.settings(), declared)
                        : service).toList(),
                lock.leftOut(), lock.files());
        return this;
    }

    RunningStack withGap(String service, String what, String why) {
        gaps.add(new Unobserved(Optional.of(service), what, why));
        facts(service).keySet().removeIf(name -> name.startsWith(what));
        return this;
    }

    RunningStack withoutContainer(String service) {
        facts.remove(service);
        return this;
    }

    Verification verified(String... only) {
        return Verification.of(lock, seen(), NOW, List.of(only));
    }

    /// A quarter of an hour after looks at the same stack.
    Verification verifiedAfter(List<Verification> past) {
        return Verification.of(lock, seen(), NOW.plus(Duration.ofMinutes(15)), List.of(), List.of(), past);
    }

    private Observations seen() {
        var all = new ArrayList<Observation>();
        facts.forEach((service, values) -> values
                .forEach((what, value) -> all.add(new Observation(Optional.of(service).filter(name -> !name.isEmpty()),
                        1, what, value, Unit.TEXT, NOW, how(what)))));
        return new Observations(all, gaps);
    }

    private static String how(String what) {
        return what.startsWith("postgres.override.") ? "ALTER DATABASE shop" : "how";
    }
}
