package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A test asks where the server listens, as somebody it lets in, with a program that the image holds; or there is none.
class HealthTestsTest {
    private static Renderer.Part of(String services, String... files) {
        return Tasks.production(new ServiceHealth(), services, files);
    }

    private static String test(String services, String... files) {
        return Tasks.patch(of(services, files), "it", "healthcheck").map(String::valueOf).orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{image: 'postgres:16'} | pg_isready -q -h 127.0.0.1 -U",
            "{image: 'postgres:16', command: -p 5433} | -h 127.0.0.1 -p 5433 -U",
            "{image: 'postgres:16', command: postgres -c port=5433} | -h 127.0.0.1 -p 5433 -U",
            "{image: 'bitnami/postgresql:16'} | pg_isready",
            "{image: 'redis:7'} | redis-cli ping | grep -q PONG",
            "{image: 'redis:7', command: redis-server --port 6380} | redis-cli -p 6380 ping",
            "{image: 'valkey/valkey:8'} | valkey-cli ping",
            "{image: 'redis/redis-stack-server:7.2.0-v10'} | redis-cli ping",
            "{image: 'edoburu/pgbouncer:1.22.0'} | 127.0.0.1, -p, 5432",
            "{image: 'edoburu/pgbouncer:1.22.0', environment: {LISTEN_PORT: 6432}} | 127.0.0.1, -p, 6432",
            "{image: 'mongo:7'} | mongosh, --quiet, --eval", "{image: mongo} | mongosh",
            "{image: 'mongo:7', command: --replSet rs0 --port 27018} | mongosh, --quiet, --port, 27018",
            "{image: 'mysql:8.4'} | mysqladmin, ping, -h, 127.0.0.1, --silent",
            "{image: 'mysql:8.4', command: --port=3307} | mysqladmin, ping, -h, 127.0.0.1, -P, 3307",
            "{image: 'mariadb:11'} | mariadb-admin, ping", "{image: 'mariadb:10.6'} | mysqladmin, ping",
            "{image: 'rabbitmq:4-management'} | rabbitmq-diagnostics",
            "{image: 'prom/prometheus:v3.1.0'} | http://127.0.0.1:9090/-/healthy",
            "{image: 'prom/prometheus:v3.1.0', command: --web.listen-address=:9091} | http://127.0.0.1:9091/-/healthy",
            "{image: 'grafana/grafana:11.4.0', environment: {GF_SERVER_HTTP_PORT: 3001}} | http://127.0.0.1:3001/api",
            "{image: 'prom/node-exporter:v1.8.2', command: '--path.rootfs=/host'} | http://127.0.0.1:9100/"})
    void asksWhereTheServerListens(String service, String test) {
        assertThat(test("it: " + service)).contains(test);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{image: 'postgres:16', command: 'sh -c \"exec postgres -p $$PORT\"'}",
            "{image: 'postgres:16', entrypoint: /my/start.sh}", "{image: 'kartoza/postgis:16-3.4'}",
            "{image: 'bitnami/postgresql:16', environment: {POSTGRESQL_PORT_NUMBER: 5433}}",
            "{image: 'bitnami/redis:7.2', environment: {REDIS_PASSWORD: x}}",
            "{image: 'redis:7', command: [sh, -c, 'redis-server --requirepass $$P']}",
            "{image: 'redis:7', command: redis-server --aclfile /u.acl}",
            "{image: 'redis:5', command: redis-server --requirepass x}", "{image: 'cgr.dev/chainguard/redis:latest'}",
            "{image: 'redis:7', command: redis-server --port 0 --unixsocket /s}",
            "{image: 'redis:7', command: redis-server --bind 10.0.0.5}", "{image: 'eqalpha/keydb:6'}",
            "{image: 'docker.dragonflydb.io/dragonflydb/dragonfly:v1'}",
            "{image: 'bitnami/pgbouncer:1'}", "{image: 'pgbouncer/pgbouncer:latest'}",
            "{image: 'edoburu/pgbouncer:1', environment: {LISTEN_ADDR: 10.0.0.5}}",
            "{image: 'mongo:4.4'}", "{image: 'mongo:5'}", "{image: 'bitnami/mongodb:7.0'}",
            "{image: 'mongo:7', command: mongod --tlsMode requireTLS}", "{image: 'mongo:7', command: -f /m.conf}",
            "{image: 'bitnami/mariadb:11'}", "{image: 'linuxserver/mariadb:10.11'}",
            "{image: 'bitnami/rabbitmq:4'}", "{image: 'bitnami/prometheus:3'}",
            "{image: 'prom/prometheus:v3.1.0', command: --web.route-prefix=/prometheus}",
            "{image: 'prom/prometheus:v3.1.0', command: '--web.external-url=https://example.com/prometheus'}",
            "{image: 'prom/alertmanager:v0.28.0', command: --web.config.file=/web.yml}",
            "{image: 'prom/prometheus:v3.1.0-distroless'}", "{image: 'grafana/grafana:11.4.0-ubuntu'}",
            "{image: 'grafana/grafana:11.4.0', environment: {GF_SERVER_PROTOCOL: https}}",
            "{image: 'grafana/grafana:11.4.0', environment: {GF_SERVER_SERVE_FROM_SUB_PATH: 'true'}}",
            "{build: ., x-plimsoll: {kind: postgres}}"})
    void isSilentInDoubt(String service) {
        assertThat(test("it: " + service)).isEqualTo("none");
        assertThat(Tasks.patch(of("web: {image: 'example/web:1', depends_on: [it]}\nit: " + service), "web",
                "depends_on.it.condition")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"postgres:17, 10s, 5s", "redis:8, 10s, 5s", "rabbitmq:4, 30s, 15s", "mongo:7, 30s, 15s"})
    void asksLessOftenWhereItCostsASecondOfProcessorTime(String image, String interval, String timeout) {
        var check = Tasks.patch(of("it: {image: '" + image + "'}"), "it", "healthcheck").orElseThrow();
        assertThat(check.toString()).contains("interval=" + interval, "timeout=" + timeout);
    }

    @Test
    void asksThePortOfAMountedIni() {
        var pooler = "it: {image: 'edoburu/pgbouncer:1', volumes: ['./p.ini:/etc/pgbouncer/pgbouncer.ini']}";
        assertThat(test(pooler, "p.ini", "[pgbouncer]\nlisten_addr = *\nlisten_port = 7000\n")).contains("-p, 7000");
        assertThat(test(pooler, "p.ini", "[pgbouncer]\nlisten_addr = *\n")).contains("-p, 6432");
        assertThat(test(pooler.replace("]}", "], environment: {LISTEN_PORT: 1}}"), "p.ini",
                "[pgbouncer]\nlisten_addr = *\n")).contains("-p, 6432");
        assertThat(test(pooler, "p.ini", "[pgbouncer]\npool_mode = session\n")).isEqualTo("none");
    }

    @Test
    void logsInAsTheWatchingUserWhereTheUserChoseThePassword() {
        var part = of("it: {image: 'redis:7', command: redis-server --requirepass x}");
        assertThat(Tasks.patch(part, "it", "healthcheck")).hasValueSatisfying(check -> assertThat(check.toString())
                .contains("redis-cli --user plimsoll ping"));
        assertThat(Tasks.patch(part, "it", "environment.REDISCLI_AUTH"))
                .contains("${PLIMSOLL_REDIS_MONITOR_PASSWORD:?run plimsoll render}");
    }

    @Test
    void leavesTheLoginThatTheUserGaveTheClient() {
        var part = of("it: {image: 'redis:7', command: redis-server --requirepass x, environment: {REDISCLI_AUTH: x}}");
        assertThat(String.valueOf(Tasks.patch(part, "it", "healthcheck"))).contains("redis-cli ping");
        assertThat(Tasks.patch(part, "it", "environment.REDISCLI_AUTH")).isEmpty();
    }

    @Test
    void waitsForWhatIsTested() {
        assertThat(condition("[db]", "{image: 'postgres:16'}")).isEqualTo("service_healthy");
        assertThat(condition("[db]", "{image: 'example/db:1', healthcheck: {test: mine}}"))
                .isEqualTo("service_healthy");
        assertThat(condition("[db]", "{image: 'example/db:1', healthcheck: {interval: 5s}}")).isEqualTo("none");
        assertThat(condition("[db]", "{image: 'example/db:1', command: rails db:migrate}"))
                .isEqualTo("service_completed_successfully");
    }

    @Test
    void doesNotWaitWhereTheUserChoseNotTo() {
        assertThat(condition("{db: {condition: service_started}}", "{image: 'postgres:16'}")).isEqualTo("none");
        assertThat(condition("{db: {required: false, condition: service_started}}", "{image: 'postgres:16'}"))
                .isEqualTo("none");
    }

    @Test
    void doesNotWaitForTheEndOfWhatIsOnlyNotRestarted() {
        assertThat(condition("[db]", "{image: 'example/db:1', restart: 'no'}")).isEqualTo("none");
    }

    private static String condition(String dependsOn, String db) {
        return Tasks.patch(of("web: {image: 'example/web:1', depends_on: " + dependsOn + "}\ndb: " + db), "web",
                "depends_on.db.condition").map(String::valueOf).orElse("none");
    }
}
