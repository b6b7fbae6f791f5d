package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.audit.Audit;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.report.PlanText;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Small projects with random damage go all the way from text to plan: they are refused as input or they work.
class MutationTest {
    private static final int MUTATIONS = 2000;

    private static final Map<String, String> PROJECT = Map.of("compose.yml", """
            x-plimsoll: {host: {memory: 8g, cpus: 4}}
            x-base: &base
              restart: unless-stopped
              environment: {REDIS_URL: "redis://cache:6379/0", A: 1.5, B: 012}
              logging: {driver: json-file, options: {max-size: 10m}}
            services:
              web:
                <<: *base
                build: .
                command: sh -c 'exec gunicorn app:app -w ${WORKERS:-4} --threads 2'
                ports: ["127.0.0.1:8000-8001:80-81/tcp", 9000]
                env_file: [{path: .env, required: false}]
                depends_on: {db: {condition: service_healthy}, cache: {condition: service_started}}
                deploy: {replicas: 2, resources: {limits: {memory: 512M, cpus: "0.5"}}}
              worker:
                <<: *base
                image: example/worker:1.0
                command: celery -A app worker -c 8 --max-memory-per-child=200000
                x-plimsoll: {worker_memory: 150m, priority: high, workers: 3}
              db:
                image: pgvector/pgvector:pg16
                command: postgres -c config_file=/etc/pg.conf -c work_mem=16MB -c max_connections=200
                shm_size: 256mb
                environment: [POSTGRES_PASSWORD=x, "POSTGRES_INITDB_ARGS=-c max_connections=50"]
                volumes: ["./pg.conf:/etc/pg.conf:ro", "data:/var/lib/postgresql/data"]
                healthcheck: {test: pg_isready, interval: 10s, retries: 5}
                x-plimsoll: {dataset: 20g, connections: 60}
              cache:
                image: redis:7-alpine
                command: redis-server /r.conf --maxmemory 100mb --save ''
                volumes: [./r.conf:/r.conf]
              jvm:
                image: eclipse-temurin:21
                environment: {JAVA_TOOL_OPTIONS: -Xmx512m -XX:MaxRAMPercentage=50}
                mem_limit: 1g
              prometheus:
                image: prom/prometheus:v3.4.2
                command: [--config.file=/p.yml, --storage.tsdb.retention.size=2GB]
                volumes: [./p.yml:/p.yml, ./rules.yml:/rules.yml]
              search:
                image: elasticsearch:8.13.0
                environment: {ES_JAVA_OPTS: -Xms1g -Xmx1g}
                profiles: ["${PROFILE-}"]
            volumes: {data: }
            """, ".env", "WORKERS=4\nexport B=\"x ${WORKERS}\"\n# note\nC='y'\n", "pg.conf", """
            shared_buffers = 1GB
            effective_cache_size = '3GB' # note
            hash_mem_multiplier = 2.0
            max_parallel_workers = 8
            """, "r.conf", "maxmemory 200mb\nmaxmemory-policy allkeys-lru\nsave 900 1\nappendonly yes\n", "p.yml", """
            global: {scrape_interval: 15s}
            rule_files: [/rules.yml]
            scrape_configs:
              - job_name: web
                static_configs: [{targets: ['web:8000', 'db:9187']}]
            """, "rules.yml", """
            groups:
              - name: a
                rules:
                  - alert: Down
                    expr: sum by (job) (rate(http_requests_total{job="web"}[5m])) / 2 > 0.5
                    for: 5m
            """);

    private static final List<String> PIECES = List.of("\n", " ", "  ", "\t", ": ", "- ", "{", "}", "[", "]", "'", "\"",
            "$",
            "${", "}", "$$", ":", ",", "#", "&a ", "*a", "<<: ", "!reset ", "!override ", "!!str ", "null", "true",
            "-1",
            "0", "1e99999999999", "99999999999999999999", "9223372036854775807", "2147483648", "1e-999999999", ".5",
            "0x",
            "g", "MB", "%", "=", "/", "../", "\\", "\0", "\uFEFF", "\uD83D", "é", "~", "|\n", ">\n", "? ", "---\n",
            "NaN",
            ".inf", "x-", "\r\n", "(", ")", "[5m]", " and ");

    @Test
    void damagedProjectsAreRefusedOrPlanned() {
        var planned = 0;
        for (var seed = 0; seed < MUTATIONS; seed++) {
            var texts = damaged(seed);
            try {
                planned += worked(texts) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError bug) {
                throw new AssertionError("seed " + seed + " breaks on\n" + texts, bug);
            }
        }
        // Damage that leaves nothing to plan would test only the reader.
        assertThat(planned).isGreaterThan(MUTATIONS / 5);
    }

    @Test
    void theUndamagedProjectIsPlanned() {
        assertThat(worked(PROJECT)).isTrue();
    }

    private static boolean worked(Map<String, String> texts) {
        try {
            var stack = ComposeLoader.load(ProjectFiles.of(texts), ComposeLoader.Request.of("compose.yml"));
            var inventory = Inventory.of(stack, Host.TYPICAL);
            assertThat(Audit.of(inventory).findings()).isNotNull();
            var plan = Planner.plan(inventory);
            assertThat(plan.total()).isLessThanOrEqualTo(plan.loadLine());
            assertThat(PlanText.of(plan)).isNotEmpty();
            return true;
        } catch (InputException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return false;
        }
    }

    private static Map<String, String> damaged(long seed) {
        var random = new SplittableRandom(seed);
        var texts = new LinkedHashMap<>(PROJECT);
        var names = PROJECT.keySet().stream().sorted().toList();
        for (var count = random.nextInt(1, 4); count > 0; count--) {
            // Half of the damage goes to the Compose file.
            var name = random.nextBoolean() ? "compose.yml" : names.get(random.nextInt(names.size()));
            texts.merge(name, "", (text, _) -> damaged(text, random));
        }
        return texts;
    }

    private static String damaged(String text, SplittableRandom random) {
        if (text.isEmpty()) {
            return PIECES.get(random.nextInt(PIECES.size()));
        }
        var at = random.nextInt(text.length());
        var end = Math.min(text.length(), at + random.nextInt(1, 12));
        var piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + piece + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text.substring(0, at) + piece + text.substring(end);
            case 3 -> value(text, at, piece);
            case 4 -> {
                var from = random.nextInt(text.length());
                yield text.substring(0, at) + text.substring(from, Math.min(text.length(), from + 30))
                        + text.substring(at);
            }
            default -> value(text, at, piece + piece);
        };
    }

    /// Replaces the value behind the next colon or equals sign, so that the form of the file mostly survives.
    private static String value(String text, int from, String piece) {
        for (var at = from; at < text.length(); at++) {
            if (text.charAt(at) == ':' || text.charAt(at) == '=') {
                var end = at + 1;
                while (end < text.length() && "\n,}]".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                return text.substring(0, at + 1) + (text.charAt(at) == ':' ? " " : "") + piece + text.substring(end);
            }
        }
        return text + piece;
    }
}
