package dev.plimsoll.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.observe.Probes;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Check.Verdict;
import dev.plimsoll.verify.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every question of the probes put to real servers, and damage done to them for real.
class RealServersTest {
    private static final Lock LOCK = new Lock("shop", List.of(), List.of(), "production", Host.of(MemorySize
            .ofGigabytes(4), Millicores.ofCores(2)), MemorySize.ofGigabytes(3), List.of(
                    service("cache", "redis", Role.CACHE, "redis:7", setting("maxmemory", "100mb"), setting(
                            "maxmemory-policy", "allkeys-lru"), setting("appendonly", "no"), setting("save", "\"\""),
                            setting("requirepass", "${REDIS_PASSWORD}")),
                    service("db", "postgres", Role.DATABASE, "postgres:15", setting("shared_buffers", "64MB"),
                            setting("work_mem", "4MB"), setting("max_connections", "30"), setting(
                                    "checkpoint_timeout", "15min"),
                            setting("random_page_cost", "1.1"))),
            List.of(), List.of(new Lock.LockedFile("db/init/10-plimsoll.sql", "")));

    @TempDir
    private Path directory = Path.of("");

    private static LockedSetting setting(String name, String value) {
        return new LockedSetting(name, value, "", "");
    }

    private static LockedService service(String name, String kind, Role role, String image,
            LockedSetting... settings) {
        return new LockedService(name, kind, role, Optional.of(image), 1, MemorySize.ofMegabytes(512L), MemorySize
                .ofMegabytes(256L), Optional.empty(), Millicores.ofCores(1), List.of(settings));
    }

    private static Observations look(RealServers servers) {
        return new Observer(Probes.of("/nowhere"), InstantSource.system()).look(servers, LOCK);
    }

    private static List<String> failures(RealServers servers) {
        var verification = Verification.of(LOCK, look(servers), InstantSource.system().instant(), List.of("database",
                "redis"));
        return verification.results().stream().flatMap(result -> result.checks().stream()).filter(check -> check
                .verdict() == Verdict.FAILED).map(Check::found).toList();
    }

    @Test
    void everyQuestionIsAnsweredAndDamageIsNamed() throws IOException, InterruptedException {
        assumeTrue(RealServers.available(), "needs PostgreSQL 15, redis-server, redis-cli and setpriv");
        try (var servers = new RealServers(directory)) {
            servers.startPostgres("shared_buffers=64MB", "work_mem=4MB", "max_connections=30",
                    "checkpoint_timeout=15min", "random_page_cost=1.1");
            servers.startRedis("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru", "--save", "",
                    "--requirepass", RealServers.REDIS_PASSWORD);
            healthy(servers);
            damaged(servers);
        }
    }

    @Test
    void statementsAreShownWithTheirTimeAndNoPasswords() throws IOException, InterruptedException {
        assumeTrue(RealServers.available(), "needs PostgreSQL 15, redis-server, redis-cli and setpriv");
        try (var servers = new RealServers(directory)) {
            servers.startPostgres("shared_preload_libraries=pg_stat_statements");
            servers.sql("CREATE EXTENSION pg_stat_statements");
            servers.sql("ALTER ROLE postgres PASSWORD 'x7Kq9'");
            servers.sql("/* traced */ SELECT pg_sleep(0.3)");
            var seen = look(servers);
            assertThat(seen.text("db", "postgres.statement.1")).contains("/* traced */ SELECT pg_sleep($1)");
            assertThat(seen.number("db", "postgres.statement.1.calls")).contains(1.0);
            var seconds = seen.number("db", "postgres.statement.1.seconds").orElseThrow();
            assertThat(seconds).isBetween(0.3, 5.0);
            assertThat(seen.number("db", "postgres.statements.seconds").orElseThrow()).isGreaterThan(seconds);
            assertThat(seen.facts()).noneMatch(fact -> fact.value().contains("x7Kq9") || fact.value().contains(
                    "ALTER ROLE"));
        }
    }

    private static void healthy(RealServers servers) throws IOException, InterruptedException {
        servers.sql("CREATE TABLE t AS SELECT g FROM generate_series(1, 100000) g");
        servers.sql("CREATE INDEX unused ON t (g)");
        servers.leaveIdleConnection("api");
        servers.sql("ALTER ROLE postgres PASSWORD '" + RealServers.POSTGRES_PASSWORD + "'");
        var seen = look(servers);
        assertThat(seen.gaps().stream().filter(gap -> gap.what().startsWith("postgres")).map(gap -> gap.what()
                .replaceFirst("postgres\\.", ""))).containsExactly("statement");
        assertThat(seen.text("db", "postgres.setting.shared_buffers")).contains("8192");
        assertThat(seen.text("db", "postgres.source.shared_buffers")).contains("command line");
        assertThat(seen.size("db", "postgres.databases.size"))
                .hasValueSatisfying(size -> assertThat(size).isGreaterThan(
                        MemorySize.ofMegabytes(5L)));
        assertThat(seen.number("db", "postgres.connections.total")).hasValueSatisfying(count -> assertThat(count)
                .isGreaterThanOrEqualTo(1));
        assertThat(seen.number("db", "postgres.backends.idle_seen")).contains(1.0);
        assertThat(seen.text("db", "postgres.backends.idle_largest_of")).contains("api");
        assertThat(seen.size("db", "postgres.backends.idle_own")).hasValueSatisfying(own -> assertThat(own).isBetween(
                MemorySize.ofMegabytes(0.3), MemorySize.ofMegabytes(10L)));
        assertThat(seen.number("db", "postgres.setting.shared_memory_size")).hasValueSatisfying(size -> assertThat(size)
                .isBetween(60.0, 120.0));
        assertThat(seen.all("db", "postgres.unused_index.").map(fact -> fact.what())).containsExactly(
                "postgres.unused_index.public.unused");
        assertThat(seen.number("db", "postgres.initialised.roles")).contains(0.0);
        assertThat(seen.number("db", "postgres.initialised.functions")).contains(0.0);
        assertThat(seen.text("db", "postgres.weak_password.postgres")).contains("false");
        assertThat(seen.text("db", "postgres.given_password")).contains("true");
        assertThat(Stream.of(seen).flatMap(all -> all.facts().stream()).map(fact -> fact.value())).noneMatch(
                value -> value.contains(RealServers.POSTGRES_PASSWORD) || value.contains("SCRAM"));
        assertThat(failures(servers)).isEmpty();
    }

    private static void damaged(RealServers servers) throws InterruptedException {
        servers.sql("ALTER SYSTEM SET work_mem = '64MB'");
        servers.sql("ALTER SYSTEM SET statement_timeout = '0'");
        servers.sql("ALTER DATABASE postgres SET random_page_cost = 4");
        servers.sql("ALTER ROLE postgres PASSWORD 'postgres'");
        servers.sql("CREATE ROLE eve SUPERUSER LOGIN");
        servers.sql("SELECT pg_reload_conf()");
        servers.redis(List.of("CONFIG", "SET", "maxmemory", "0"));
        servers.redis(List.of("CONFIG", "SET", "maxmemory-policy", "noeviction"));
        servers.redis(List.of("CONFIG", "SET", "requirepass", ""));
        Thread.sleep(500);
        assertThat(failures(servers)).contains(
                "POSTGRES_PASSWORD is not the password of postgres: a volume keeps the one "
                        + "it was made with",
                "0 instead of 100mb", "noeviction instead of allkeys-lru", "not set",
                "anyone who reaches it may enter");
        servers.redis(List.of("CONFIG", "SET", "requirepass", "redis"));
        assertThat(failures(servers)).contains("it takes a well-known one");
        assertThat(failures(servers)).anySatisfy(found -> assertThat(found).contains(
                "ALTER SYSTEM set statement_timeout")).anySatisfy(found -> assertThat(found).contains(
                        "ALTER DATABASE postgres SET random_page_cost = 4"))
                .anySatisfy(found -> assertThat(found)
                        .startsWith("eve besides"))
                .anySatisfy(found -> assertThat(found).isEqualTo("postgres"));
    }

    @Test
    void prometheusTellsItsRulesAndTargets() throws IOException, InterruptedException {
        assumeTrue(RealServers.available() && RealServers.hasPrometheus(), "needs Prometheus and PostgreSQL 15");
        var lock = new Lock("shop", List.of(), List.of(), "production", Host.TYPICAL, MemorySize.ofGigabytes(3), List
                .of(service("prometheus", "prometheus", Role.MONITORING, "prom/prometheus:v2.42.0", setting(
                        "--storage.tsdb.retention.time", "1w"),
                        setting("--storage.tsdb.retention.size", "500MB"))),
                List.of(), List.of());
        try (var servers = new RealServers(directory)) {
            servers.startPrometheus("""
                    groups:
                    - name: g
                      rules:
                      - {alert: Down, expr: up == 0, for: 1h}
                      - {alert: Never, expr: pg_up == 0}
                      - {alert: Typo, expr: 'up{job="typo"} == 0', for: 1h}
                      - {alert: Known, expr: 'up{job="prometheus"} == 0', for: 1h}
                    """);
            Thread.sleep(6000);
            var seen = new Observer(Probes.of("/nowhere"), InstantSource.system()).look(servers, lock);
            assertThat(seen.text("prometheus", "prometheus.alerts")).contains("4");
            assertThat(seen.text("prometheus", "prometheus.unknown_target.g/Typo")).contains("up{job=\"typo\"}");
            assertThat(seen.text("prometheus", "prometheus.unknown_target.g/Known")).contains("");
            assertThat(seen.text("prometheus", "prometheus.dead.g/Down")).contains("");
            assertThat(seen.text("prometheus", "prometheus.dead.g/Never")).contains("pg_up");
            assertThat(seen.all("prometheus", "prometheus.target.").map(fact -> fact.value()))
                    .containsExactlyInAnyOrder(
                            "up", "down");
            assertThat(seen.number("prometheus", "prometheus.series")).hasValueSatisfying(count -> assertThat(count)
                    .isGreaterThan(100));
            assertThat(seen.text("prometheus", "prometheus.rule_files")).contains("2");
            var later = Verification.of(lock, aged(seen), InstantSource.system().instant(), List.of("monitoring",
                    "alerts"));
            assertThat(later.results().stream().flatMap(result -> result.checks().stream()).filter(check -> check
                    .verdict() == Verdict.FAILED).map(Check::what)).containsExactlyInAnyOrder(
                            "runs with --storage.tsdb.retention.size=500MB",
                            "every entry of rule_files finds a file with rules",
                            "every alert reads metrics that exist", "every target answers");
        }
    }

    /// The same look at containers that started an hour ago.
    private static Observations aged(Observations seen) {
        return new Observations(seen.facts().stream().map(fact -> fact.what().equals("container.age")
                ? new Observation(fact.service(), fact.container(), fact.what(), "3600", fact.unit(), fact.when(), fact
                        .how())
                : fact).toList(), seen.gaps());
    }
}
