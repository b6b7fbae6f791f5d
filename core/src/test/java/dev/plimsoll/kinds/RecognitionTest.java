package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {
    @ParameterizedTest
    @CsvSource({"postgres, postgres", "postgres:16-alpine, postgres", "docker.io/library/postgres:17, postgres",
            "pgvector/pgvector:pg16, postgres", "postgis/postgis:16-3.4, postgres",
            "timescale/timescaledb:2.15.2-pg16, postgres", "timescale/timescaledb-ha:pg16, postgres",
            "bitnami/postgresql:16, postgres", "bitnamilegacy/postgresql:15, postgres",
            "supabase/postgres:15.1.0.147, postgres", "ghcr.io/immich-app/postgres:14-vectorchord0.3.0, postgres",
            "tensorchord/pgvecto-rs:pg14-v0.2.0, postgres", "citusdata/citus:12.1, postgres",
            "registry.example.com:5000/mirror/postgres:16, postgres", "paradedb/paradedb:latest, postgres",
            "ghcr.io/cloudnative-pg/postgresql:16.2, postgres", "imresamu/postgis:16-3.4, postgres",
            "groonga/pgroonga:3.1-alpine-16, postgres", "tensorchord/vchord-postgres:pg17-v0.3.0, postgres",
            "edoburu/pgbouncer:1.22.0, pgbouncer", "bitnami/pgbouncer:1, pgbouncer",
            "mysql:8.4, mysql", "mariadb:11, mysql", "percona/percona-server:8.0, mysql", "bitnami/mysql:8.0, mysql",
            "linuxserver/mariadb:10.11, mysql", "container-registry.oracle.com/mysql/community-server:8.4, mysql",
            "redis:7-alpine, redis", "valkey/valkey:8, redis", "bitnami/redis:7.2, redis",
            "bitnamilegacy/valkey:8.0, redis", "eqalpha/keydb:latest, redis",
            "docker.dragonflydb.io/dragonflydb/dragonfly:v1.20.1, redis", "redis/redis-stack:7.2.0-v10, redis",
            "redis/redis-stack-server:7.2.0-v10, redis", "apache/kvrocks:2.9, redis",
            "mongo:7, mongo", "bitnami/mongodb:7.0, mongo", "clickhouse/clickhouse-server:24.3, clickhouse",
            "memcached:1.6-alpine, memcached", "mcr.microsoft.com/mssql/server:2022-latest, sqlserver",
            "mcr.microsoft.com/azure-sql-edge, sqlserver", "mcr.microsoft.com/dotnet/aspnet:9.0, dotnet",
            "mcr.microsoft.com/dotnet/core/runtime:3.1, dotnet", "mcr.microsoft.com/dotnet/nightly/sdk:10.0, dotnet",
            "elasticsearch:8.13.0, elasticsearch",
            "docker.elastic.co/elasticsearch/elasticsearch:8.13.0, elasticsearch",
            "opensearchproject/opensearch:2.13.0, elasticsearch", "apache/kafka:3.7.0, kafka",
            "confluentinc/cp-kafka:7.6.0, kafka", "bitnami/kafka:3.7, kafka", "rabbitmq:3.13-management, rabbitmq",
            "nats:2.10, nats", "minio/minio:RELEASE.2024-05-01T01-11-10Z, minio", "qdrant/qdrant:v1.9.0, qdrant",
            "getmeili/meilisearch:v1.8, meilisearch", "quay.io/coreos/etcd:v3.5.13, etcd", "nginx:1.27, nginx",
            "nginxinc/nginx-unprivileged:1.27, nginx", "caddy:2, caddy", "alpine/socat:1.8, socat",
            "namshi/smtp, mail-relay", "boky/postfix:v4, mail-relay", "traefik:v3.0, traefik",
            "haproxy:2.9, haproxy", "httpd:2.4, apache", "keycloak/keycloak:24.0, jvm",
            "quay.io/keycloak/keycloak:24, jvm",
            "eclipse-temurin:21-jre, jvm", "metabase/metabase:v0.49, jvm", "confluentinc/cp-zookeeper:7.6.0, jvm",
            "provectuslabs/kafka-ui:v0.7.2, jvm", "node:22-alpine, node", "n8nio/n8n:1.40.0, node",
            "docker.n8n.io/n8nio/n8n, node", "wordpress:6.5, php", "nextcloud:29-apache, php",
            "ghcr.io/mastodon/mastodon:v4.3.0, ruby", "tiangolo/uvicorn-gunicorn-fastapi:python3.11, gunicorn",
            "apache/superset:4.0.0, python", "python:3.12-slim, python"})
    void byImage(String image, String kind) {
        assertThat(Examples.kind("image: " + image)).isEqualTo(kind);
    }

    @Test
    void whatRunsWinsOverTheImageOfALanguage() {
        var image = "image: python:3.13-alpine\ncommand: ";
        assertThat(Examples.kind(image + "sh -c 'crontab /tmp/crontab && crond -f'")).isEqualTo("unknown");
        assertThat(Examples.kind(image + "sh -c 'crond && exec python app.py'")).isEqualTo("python");
        assertThat(Examples.kind("image: python:3.13-alpine\nenvironment: {PHP_MEMORY_LIMIT: 2048M}")).isEqualTo(
                "php");
    }

    @ParameterizedTest
    @CsvSource({"prometheuscommunity/postgres-exporter:v0.15.0, postgres-exporter",
            "quay.io/prometheuscommunity/postgres-exporter:v0.15.0, postgres-exporter",
            "prom/mysqld-exporter:v0.15.1, exporter", "oliver006/redis_exporter:v1.58.0, redis-exporter",
            "percona/mongodb_exporter:0.40, exporter", "danielqsj/kafka-exporter:v1.7.0, exporter",
            "spreaker/prometheus-pgbouncer-exporter:2.1.1, exporter",
            "prometheuscommunity/elasticsearch-exporter:v1.7.0, exporter",
            "prometheuscommunity/pgbouncer-exporter:v0.7.0, exporter", "dpage/pgadmin4:8.5, admin-tool",
            "postgrest/postgrest:v12.0.2, unknown", "supabase/postgres-meta:v0.80.0, unknown",
            "prodrigestivill/postgres-backup-local:16, unknown", "adminer:4, admin-tool",
            "grafana/promtail:3.0.0, telemetry",
            "redpandadata/redpanda:v24.1.1, redpanda", "phpmyadmin:5, php",
            "rediscommander/redis-commander:latest, node", "redis/redisinsight:2.48, node", "mongo-express:1, node",
            "docker.elastic.co/kibana/kibana:8.13.0, node", "opensearchproject/opensearch-dashboards:2, unknown",
            "bitnami/postgresql-repmgr:16, postgres", "bitnami/pgpool:4, unknown", "pgsty/minio-postgres:1, postgres",
            "hello-world, unknown", "busybox:1, unknown", "penpotapp/exporter:2.16, unknown",
            "example/pdf-exporter:1, unknown",
            "ghcr.io/axsuul/plex-media-server-exporter:1.1, exporter", "mher/flower:2.0, flower",
            "clamav/clamav:1.4, clamav",
            "ghcr.io/mailcow/clamd:1.70, clamav", "apache/airflow:3.0.1, airflow",
            "example/postgres-migrate:1, unknown", "example/server:1, unknown", "example/runtime:1, unknown",
            "example/mysql-backup:1, unknown", "example/redis-proxy:1, unknown",
            "bitnami/redis-sentinel:7.2, unknown", "bitnami/redis-cluster:7.2, redis"})
    void neighboursOfWellKnownImages(String image, String kind) {
        assertThat(Examples.kind("image: " + image)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"postgres -c shared_buffers=1GB,postgres", "redis-server --port 1,redis",
            "celery -A a worker,celery", "celery -A a beat,celery", "python -m celery -A a worker,celery",
            "poetry run celery -A a worker,celery", "sh -c 'sleep 3 && exec celery -A a worker',celery",
            "gunicorn a:b,gunicorn", "uvicorn a:b --workers 2,gunicorn", "python3.12 -m uvicorn a:b,gunicorn",
            "sh -c 'python manage.py migrate && gunicorn a.wsgi',gunicorn", "bundle exec sidekiq,sidekiq",
            "bundle exec puma,ruby", "rq worker high,python-worker", "python -m dramatiq a,python-worker",
            "java -jar a.jar,jvm", "npm run start,node", "pnpm start,node", "yarn start,node", "bun run a.ts,node",
            "php artisan queue:work,php", "php-fpm,php", "python main.py,python", "python3 -u main.py,python",
            "sh -c 'if [ -f a ]; then exec node a.js; fi',node", "flower,flower",
            "celery -A a flower --port=5555,flower",
            "celery --broker=redis://r:6379/0 flower,flower",
            "celery -A flower worker -c 4,celery", "sleep infinity,unknown",
            "mysqld --max-connections=5,mysql", "mongod --bind_ip_all,mongo", "nginx -g 'daemon off;',nginx"})
    void byProgram(String command, String kind) {
        assertThat(Examples.kind("image: example/app:1\ncommand: " + command)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"NODE_ENV, production, node", "NODE_OPTIONS, --max-old-space-size=512, node",
            "JAVA_OPTS, -Xmx512m, jvm",
            "JAVA_TOOL_OPTIONS, -XX:MaxRAMPercentage=75, jvm", "POSTGRES_PASSWORD, x, unknown",
            "REDIS_URL, redis://r, unknown"})
    void byEnvironment(String name, String value, String kind) {
        assertThat(Examples.kind("image: example/app:1\nenvironment: {" + name + ": '" + value + "'}")).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "postgres:16 | command: [sh, -c, 'while :; do pg_dump -h db app > /b/x.sql; sleep 86400; done']",
            "postgres:16 | entrypoint: [psql, -h, db, -f, /seed.sql]", "mongo:7 | command: mongosh --host m --eval 1",
            "mongo:7 | entrypoint: [bash, /scripts/init.sh], restart: 'no'", "redis:7 | command: redis-cli -h r ping",
            "mysql:8.4 | command: [sh, -c, 'until mysqladmin ping -h db; do sleep 1; done']",
            "mariadb:11 | entrypoint: [mariadb-dump, -h, db, app]"})
    void clientInAnImageOfItsServer(String image, String more) {
        assertThat(Examples.kind("{image: '" + image + "', " + more + "}")).isEqualTo("database-client");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = {"postgres:16 | command: -c shared_buffers=1GB | postgres",
                    "postgres:16 | command: docker-entrypoint.sh -c shared_buffers=1GB | postgres",
                    "postgres:16 | entrypoint: /my/start.sh | postgres",
                    "postgres:16 | command: [sh, -c, 'chown x /y && exec docker-entrypoint.sh postgres'] | postgres",
                    "postgres:16 | command: [bash, /wrapper] | postgres",
                    "mongo:7 | command: [sh, -c, 'mongod --replSet rs0 & sleep 5; mongosh --eval 1; wait'] | mongo",
                    "redis:7 | command: /usr/local/etc/redis/redis.conf | redis",
                    "redis:7 | entrypoint: [docker-entrypoint.sh], command: [--maxmemory, 100mb] | redis",
                    "redis:7 | command: redis-server /etc/sentinel.conf --sentinel | unknown",
                    "redis:7 | command: [sh, -c, '/prepare.sh && redis-sentinel /s.conf'] | unknown",
                    "valkey/valkey:8 | command: valkey-sentinel /s.conf | unknown",
                    "mongo:7 | command: mongos --configdb c/h:27019 | unknown",
                    "postgres:16 | command: sleep infinity | unknown",
                    "clickhouse/clickhouse-server:24 | command: clickhouse-server --config /c.xml | clickhouse"})
    void serverInItsImage(String image, String more, String kind) {
        assertThat(Examples.kind("{image: '" + image + "', " + more + "}")).isEqualTo(kind);
    }

    @Test
    void anImageOfOnesOwnIsKnownByItsProgram() {
        assertThat(Examples.kind("build: .\ncommand: gunicorn a:b")).isEqualTo("gunicorn");
        assertThat(Examples.kind("build: .")).isEqualTo("unknown");
    }

    @Test
    void theHintDecides() {
        assertThat(Examples.kind("image: redis:7\nx-plimsoll: {kind: postgres}")).isEqualTo("postgres");
        assertThat(Examples.kind("image: acme/db\nx-plimsoll: {kind: redis}")).isEqualTo("redis");
    }

    @Test
    void everyKindCanBeNamedAndHasItsOwnName() {
        assertThat(Kinds.ALL).extracting(Kind::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][a-z-]*"));
        for (var kind : Kinds.ALL) {
            assertThat(Examples.kind("image: a\nx-plimsoll: {kind: " + kind.id() + "}")).isEqualTo(kind.id());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"POSTGRES_DB: a|/var/lib/postgresql/data|postgres",
            "POSTGRES_USER: a|/var/lib/postgresql|postgres", "DB_NAME: a|/var/lib/postgresql/data|unknown",
            "POSTGRES_DB: a|/backup|unknown"})
    void anImageOfTheStacksOwnIsADatabaseWhereItKeepsOne(String variable, String target, String kind) {
        assertThat(Examples.kind("build: ./db\nenvironment: {" + variable + "}\nvolumes: ['./data:" + target + "']"))
                .isEqualTo(kind);
    }

    @Test
    void aJobOnADatabasesFilesIsNoDatabase() {
        assertThat(Examples.kind("build: ./db\nenvironment: {POSTGRES_DB: a}\nrestart: 'no'\n"
                + "volumes: ['./data:/var/lib/postgresql/data']\ncommand: pg_dump")).isNotEqualTo("postgres");
    }

    @Test
    void amongSeveralRedisANameTellsTheCache() {
        var stack = Examples.stack("""
                services:
                  app:
                    image: netboxcommunity/netbox:v4.1
                    environment: {REDIS_HOST: redis, REDIS_CACHE_HOST: redis-cache}
                  redis: {image: 'valkey/valkey:8'}
                  redis-cache: {image: 'valkey/valkey:8'}
                """);
        assertThat(stack.named("redis").orElseThrow().role()).isEqualTo(Role.BROKER);
        assertThat(stack.named("redis-cache").orElseThrow().role()).isEqualTo(Role.CACHE);
    }

    @Test
    void aQueueByNameOfAVariableIsOneWhateverItsOwnName() {
        var stack = Examples.stack("""
                services:
                  worker: {image: 'e/w:1', environment: {CELERY_BROKER_URL: 'redis://redis-cache:6379/0'}}
                  sessions: {image: 'redis:7'}
                  redis-cache: {image: 'redis:7'}
                """);
        assertThat(stack.named("redis-cache").orElseThrow().role()).isEqualTo(Role.BROKER);
    }

    @ParameterizedTest
    @CsvSource({"citusdata/citus:12.1.10, 16", "citusdata/citus:12.0, 15", "citusdata/citus:11.0.4, 14",
            "citusdata/citus:10.1.2, 13", "citusdata/citus:13.0.1-pg16, 16", "ankane/pgvector:v0.5.1, 15",
            "ankane/pgvector:v0.2.7, 14", "postgres:17.2-alpine, 17"})
    void versionsBehindVersionsOfExtensions(String image, int major) {
        assertThat(Postgres.major(Examples.service("image: " + image).clues())).contains(major);
    }

    @Test
    void anUnknownVersionIsNone() {
        assertThat(Postgres.major(Examples.service("image: citusdata/citus:9.5").clues())).isEmpty();
        assertThat(Postgres.major(Examples.service("image: ankane/pgvector:v0.1.8").clues())).isEmpty();
    }

    @Test
    void anUnknownKindIsRefusedWithAllThatThereAre() {
        assertThatThrownBy(() -> Examples.kind("image: a\nx-plimsoll:\n  kind: oracle"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "compose.yml:5:13: `oracle` is no kind. Use one of admin-tool, airflow, alertmanager, ")
                .hasMessageContaining("postgres, ").hasMessageEndingWith("victoria-metrics, weaviate.");
    }

    /// Its clients are called so as well.
    @Test
    void aNameThatEndsInMySqlIsNoServerWithoutItsData() {
        assertThat(
                Examples.kind("image: zabbix/zabbix-server-mysql:alpine-6.4-latest\nvolumes: ['./x:/var/lib/zabbix']"))
                .isEqualTo("unknown");
        assertThat(Examples.kind("image: acme/shop-mysql:1\nvolumes: ['./d:/var/lib/mysql']")).isEqualTo("mysql");
        assertThat(Examples.kind("image: mysql:8")).isEqualTo("mysql");
    }

    @Test
    void linuxserversMariaDbKeepsItsDataBelowItsConfig() {
        var service = Examples.service("image: lscr.io/linuxserver/mariadb:10\nvolumes: ['./db:/config']");
        assertThat(service.kind().id()).isEqualTo("mysql");
        assertThat(service.kind().dataPaths(service.service())).containsExactly("/config");
    }

    /// The server joins the words of its command to one text.
    @Test
    void aRedisFlagAndItsValueMayBeOneWord() {
        var settings = Examples
                .service("image: redis:7\ncommand: ['--requirepass kx92', '--appendonly yes', --save, '', "
                        + "'--maxmemory 100mb']")
                .settings();
        assertThat(settings.value("requirepass")).contains("kx92");
        assertThat(settings.value("appendonly")).contains("yes");
        assertThat(settings.value("maxmemory")).contains("100mb");
        assertThat(settings.value("save")).contains("");
    }

    @Test
    void aJvmIsKnownByWhatStandsAtTheServiceAndNotByASharedFileOfVariables() {
        assertThat(Examples.kind("image: acme/a\nenvironment: {JAVA_OPTS: -Xmx1g}")).isEqualTo("jvm");
        assertThat(
                Examples.service("image: acme/a\nenv_file: all.env", "all.env", "GEOSERVER_JAVA_OPTS=-Xmx4G\n").kind()
                        .id())
                .isEqualTo("unknown");
    }

    @Test
    void atlassiansImagesNameTheirHeapWithoutAFlag() {
        assertThat(Examples.service("image: atlassian/jira-software:9\nenvironment: {JVM_MAXIMUM_MEMORY: 1024m}")
                .settings().value("Xmx")).contains("1024m");
    }

    @Test
    void everyHintIsRead() {
        var hints = Examples.service("image: a\nx-plimsoll: {kind: celery, workers: 4, worker_memory: 200m, "
                + "priority: High, dataset: 2g, connections: 40}").hints();
        assertThat(hints.workers().orElseThrow().value()).isEqualTo(4);
        assertThat(hints.workerMemory().orElseThrow().value()).hasToString("200 MB");
        assertThat(hints.priority()).contains(ServiceHints.Priority.HIGH);
        assertThat(hints.dataset().orElseThrow().value()).hasToString("2 GB");
        assertThat(hints.connections().orElseThrow().value()).isEqualTo(40);
        assertThat(Examples.service("image: a\nx-plimsoll:").hints()).isEqualTo(ServiceHints.NONE);
    }

    @Test
    void aRoleIsForARedis() {
        assertThat(Examples.service("image: redis:7\nx-plimsoll: {role: queue}").role()).isEqualTo(Role.BROKER);
        assertThatThrownBy(() -> Examples.service("image: postgres:15\nx-plimsoll:\n  role: store")).isInstanceOf(
                InputException.class)
                .hasMessage("compose.yml:5:7: `role` is what a Redis is for, and this service is of "
                        + "the kind `postgres`. Leave it out, or write `kind: redis` beside it if it is one.");
    }

    @Test
    void everyBadHintIsSaidAtOnceWithItsPlace() {
        assertThatThrownBy(() -> Examples.service("image: a\nx-plimsoll:\n  workers: 0\n  worker_memory: much\n  "
                + "priority: urgent\n  dataset: -1\n  connections: [1]\n  kinds: x")).isInstanceOf(InputException.class)
                .hasMessageContaining("compose.yml:10:7: `kinds` is no hint. Use one of kind, workers, ")
                .hasMessageContaining("compose.yml:5:16: `0` is no count for workers. Write a whole number from 1 to ")
                .hasMessageContaining("compose.yml:6:22: `much` is no size for worker_memory. Write a size with its ")
                .hasMessageContaining("compose.yml:7:17: `urgent` is no priority. Write low, normal or high.")
                .hasMessageContaining("compose.yml:8:16: `-1` is no size for dataset.")
                .hasMessageContaining("compose.yml:9:20: this is no value for connections. Write one word or number.");
        assertThatThrownBy(() -> Examples.service("image: a\nx-plimsoll: celery")).isInstanceOf(InputException.class)
                .hasMessage("compose.yml:4:17: x-plimsoll must be a mapping. Write keys such as `kind:` below it.");
    }

    @Test
    void badHintsOfSeveralServicesAreSaidAtOnce() {
        assertThatThrownBy(() -> Examples.stack("""
                services:
                  a:
                    image: a
                    x-plimsoll: {workers: x}
                  b:
                    image: b
                    x-plimsoll: {kind: nothing}
                """)).isInstanceOf(InputException.class)
                .hasMessageContaining("compose.yml:4:27").hasMessageContaining("compose.yml:7:24");
    }

    @ParameterizedTest
    @CsvSource({"'image: chatwoot/chatwoot:v3.9\ncommand: [bundle, exec, rails, s]', ruby",
            "'image: e/a:1\ncommand: [bundle, exec, rails, s]', ruby", "'image: php:8.3-fpm', php",
            "'image: e/a:1\ncommand: python app.py', python", "'image: e/a:1', node"})
    void variablesOfNodeAloneAreTheLastHint(String body, String kind) {
        assertThat(Examples.kind(body.replace("\\n", "\n") + "\nenvironment: {NODE_ENV: production}")).isEqualTo(kind);
    }
}
