package dev.plimsoll.plan;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Calibrated;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Measurement;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Stacks and servers by seed, for properties that must hold for all of them.
public final class RandomStacks {
    private static final List<String> SERVICES = List.of(
            "image: postgres:16\n    command: postgres -c max_connections=%1$d",
            "image: postgres:14\n    x-plimsoll: {connections: %1$d, dataset: %2$dm}",
            "image: redis:7\n    command: redis-server --maxmemory %2$dmb --appendonly yes",
            "image: redis:7\n    x-plimsoll: {dataset: %2$dm, priority: high}", "image: mysql:8.4",
            "image: mariadb:11\n    command: --max-connections=%1$d", "image: mongo:7", "image: memcached:1.6",
            "image: clickhouse/clickhouse-server:24.3",
            "image: elasticsearch:8.13.0\n    environment: {ES_JAVA_OPTS: -Xmx%2$dm}",
            "image: apache/kafka:3.7.0", "image: edoburu/pgbouncer:1.22.0\n    environment: {MAX_CLIENT_CONN: '%2$d'}",
            "image: eclipse-temurin:21\n    command: java -Xmx%2$dm -jar a.jar",
            "image: eclipse-temurin:21\n    command: java -jar a.jar\n    x-plimsoll: {workers: %1$d, worker_memory: 96m}",
            "image: keycloak/keycloak:24.0",
            "image: node:22\n    environment: {NODE_OPTIONS: --max-old-space-size=%2$d}", "image: n8nio/n8n:1.40.0",
            "image: example/w:1\n    command: celery -A a worker -c %1$d --max-memory-per-child=%2$d000",
            "image: example/w:1\n    command: celery -A a worker -c %1$d\n    x-plimsoll: {worker_memory: %2$dm, priority: low}",
            "image: example/a:1\n    command: gunicorn a:b -w %1$d", "image: nginx:1.27", "image: qdrant/qdrant:v1.9.0",
            "image: prom/prometheus:v2.53.0", "image: grafana/grafana:11.0.0",
            "image: example/x:1\n    mem_limit: %2$dm",
            "image: example/y:1", "image: wordpress:6.5-fpm",
            "image: ghcr.io/mastodon/mastodon:v4.3.0\n    command: bundle exec puma",
            "image: rabbitmq:3.13",
            "image: mcr.microsoft.com/mssql/server:2022-latest\n    environment: {MSSQL_MEMORY_LIMIT_MB: '%2$d'}");

    private RandomStacks() {}

    public static String compose(long seed) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder("services:\n");
        var count = random.nextInt(1, 12);
        for (var at = 0; at < count; at++) {
            var form = SERVICES.get(random.nextInt(SERVICES.size()));
            text.append(
                    "  s%d:\n    %s\n".formatted(at, form.formatted(random.nextInt(1, 300), random.nextInt(8, 3000))));
            if (random.nextInt(4) == 0) {
                text.append("    deploy: {replicas: %d}\n".formatted(random.nextInt(0, 4)));
            }
        }
        return text.toString();
    }

    public static Inventory inventory(long seed, long megabytes) {
        var random = new SplittableRandom(~seed);
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", compose(seed))),
                ComposeLoader.Request.of("compose.yml"));
        return Inventory.of(stack,
                Host.of(MemorySize.ofMegabytes(megabytes), Millicores.ofCores(random.nextInt(1, 9))));
    }

    /// Measurements of some constants of every service, whether they make sense of it or not; extremes included.
    public static Calibration calibration(long seed, Inventory inventory) {
        var random = new SplittableRandom(seed * 31 + 7);
        var measured = new LinkedHashMap<String, Calibrated>();
        inventory.services().forEach(service -> measured.put(service.name(), new Calibrated(Stream
                .of(Constant.values()).filter(_ -> random.nextBoolean()).map(constant -> new Measurement(constant,
                        value(random, constant), Instant.EPOCH, "made up"))
                .toList())));
        return new Calibration(measured);
    }

    private static double value(SplittableRandom random, Constant constant) {
        var likely = switch (constant) {
            case BACKEND -> random.nextDouble(1 << 20, 32 << 20);
            case SHARED_MEMORY_FACTOR -> random.nextDouble(0.5, 1.5);
            case WORKER -> random.nextDouble(8 << 20, 512 << 20);
            case REDIS_BASE -> random.nextDouble(2 << 20, 64 << 20);
            case FRAGMENTATION -> random.nextDouble(1, 2);
            case CLIENT -> random.nextDouble(1 << 10, 64 << 10);
            case SERIES -> random.nextDouble(1, 100_000);
            case SERIES_MEMORY -> random.nextDouble(1 << 10, 16 << 10);
            case PEAK -> random.nextDouble(1 << 20, 2048L << 20);
        };
        return random.nextInt(8) > 0
                ? likely
                : switch (constant.unit()) {
                    case BYTES -> constant.admits(1 << 30) ? 1 << 30 : 1 << 20;
                    case COUNT -> 100_000_000;
                    case RATIO -> constant.admits(4) ? 4 : 1.5;
                };
    }
}
