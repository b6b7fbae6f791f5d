package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user chose and what costs no memory, or must not be cut, stays as it is.
class ChosenSettingsTest {
    private static ServicePlan planned(long megabytes, String service) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n  it: " + service + "\n")),
                ComposeLoader.Request.of("compose.yml"));
        return Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofMegabytes(megabytes), Millicores.ofCores(4))))
                .services().getFirst();
    }

    private static ServicePlan planned(String service) {
        return planned(8192, service);
    }

    private static String value(ServicePlan plan, String setting) {
        return plan.choice(setting).map(Sizing.Choice::value).orElse("");
    }

    @ParameterizedTest
    @CsvSource({"max_worker_processes, 27", "max_parallel_maintenance_workers, 1", "max_wal_size, 8GB",
            "min_wal_size, 2GB", "checkpoint_timeout, 30min", "checkpoint_completion_target, 0.7",
            "random_page_cost, 2", "effective_io_concurrency, 64", "huge_pages, on"})
    void postgresKeepsWhatTakesNoMemory(String setting, String value) {
        assertThat(value(planned("{image: 'postgres:17', command: 'postgres -c " + setting + "=" + value + "'}"),
                setting)).isEqualTo(value);
    }

    @Test
    void postgresKeepsAQuarterOfTheLogThatWasChosen() {
        assertThat(value(planned("{image: 'postgres:17', command: 'postgres -c max_wal_size=8GB'}"), "min_wal_size"))
                .isEqualTo("2048MB");
        assertThat(value(planned("{image: 'postgres:17'}"), "min_wal_size")).isEqualTo("256MB");
    }

    @Test
    void compilingQueriesTakesMemory() {
        assertThat(value(planned("{image: 'postgres:17', command: 'postgres -c jit=on'}"), "jit")).isEqualTo("off");
    }

    @Test
    void timescalesImageCountsItsOwnWorkers() {
        assertThat(planned("{image: 'timescale/timescaledb:2.15.2-pg16'}").choice("max_worker_processes")).isEmpty();
        assertThat(value(planned("{image: 'timescale/timescaledb:2.15.2-pg16', command: "
                + "'postgres -c max_worker_processes=27 -c timescaledb.max_background_workers=16'}"),
                "max_worker_processes")).isEqualTo("27");
    }

    @Test
    void pgBouncerKeepsTheSizeOfItsPools() {
        assertThat(value(planned("{image: 'edoburu/pgbouncer:1.22.0', environment: {DEFAULT_POOL_SIZE: 60}}"),
                "default_pool_size")).isEqualTo("60");
        assertThat(value(planned("{image: 'edoburu/pgbouncer:1.22.0', environment: {DEFAULT_POOL_SIZE: 60}, "
                + "x-plimsoll: {connections: 8}}"), "default_pool_size")).isEqualTo("8");
        assertThat(value(planned("{image: 'edoburu/pgbouncer:1.22.0'}"), "default_pool_size")).isEqualTo("20");
    }

    @Test
    void aPhpChildGetsTheMemoryThatWasChosenForIt() {
        var apache = planned("{image: 'nextcloud:29-apache', environment: {PHP_MEMORY_LIMIT: 1G}}");
        assertThat(apache.choices()).isEmpty();
        assertThat(apache.ceiling()).isEmpty();
        assertThat(apache.limit()).isGreaterThan(MemorySize.ofGigabytes(1));

        var fpm = planned(3072, "{image: 'nextcloud:29-fpm', environment: {PHP_MEMORY_LIMIT: 1G}}");
        assertThat(value(fpm, "memory_limit")).isEqualTo("1G");
        assertThat(value(fpm, "pm.max_children")).isEqualTo("2");
        assertThat(value(planned("{image: 'nextcloud:29-fpm'}"), "memory_limit")).endsWith("M");
    }

    @Test
    void aJvmKeepsTheBoundsThatWereChosenBesideItsHeap() {
        var plan = planned("{image: 'eclipse-temurin:21', command: java -jar a.jar, environment: {JAVA_TOOL_OPTIONS: "
                + "'-Xmx512m -XX:MaxMetaspaceSize=256m -XX:MaxDirectMemorySize=256m'}}");
        assertThat(value(plan, "-XX:MaxMetaspaceSize")).isEqualTo("256m");
        assertThat(value(plan, "-XX:MaxDirectMemorySize")).isEqualTo("256m");
        assertThat(value(plan, "-XX:ReservedCodeCacheSize")).isEqualTo("48m");
        assertThat(plan.ceiling().orElseThrow().sum()).as("180 + 160 + 240 MB").contains("580 MB outside the heap");
    }

    @Test
    void aStartScriptOfAJvmKeepsItsOwnFlags() {
        assertThat(planned("{image: 'keycloak/keycloak:24.0', command: start}").choices()).extracting(
                Sizing.Choice::setting).containsExactly("-Xmx");
    }

    @Test
    void mongoHasRoomBesideItsCache() {
        var plan = planned("{image: 'mongo:7', mem_limit: 4g}");
        var cache = MemorySize.ofMegabytes(1024 * Double.parseDouble(value(plan, "wiredTigerCacheSizeGB")));
        assertThat(cache.ratioTo(plan.limit().minus(MemorySize.ofMegabytes(256)))).isBetween(0.49, 0.5);
        assertThat(plan.ceiling().orElseThrow().total()).isEqualTo(plan.limit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{image: 'node:22', command: 'node a.js', mem_limit: 1g}",
            "{image: 'python:3.13', command: 'python a.py', mem_limit: 1g}",
            "{image: 'php:8.4-fpm', mem_limit: 1g}", "{image: 'postgres:17', mem_limit: 1g}",
            "{image: 'eclipse-temurin:21', command: 'java -jar a.jar', mem_limit: 1g}",
            "{image: 'mysql:8.4', mem_limit: 1g}"})
    void aLimitThatHoldsTheServiceIsNotExceeded(String service) {
        assertThat(planned(32_768, service).limit()).isBetween(MemorySize.ofMegabytes(712L), MemorySize.ofGigabytes(1));
    }

    @Test
    void aLimitThatDoesNotHoldTheServiceBecomesItsLeast() {
        assertThat(planned(32_768, "{image: 'python:3.13', command: 'python a.py', mem_limit: 64m}").limit())
                .isEqualTo(MemorySize.ofMegabytes(192));
    }

    /// Who sets a limit of 1 GB on a program and no heap expects more than a small one to be needed.
    @Test
    void aLimitSaysWhatIsNeededWhereNothingElseDoes() {
        var plan = planned(768, "{image: 'n8nio/n8n:1.40.0', mem_limit: 1g}");
        assertThat(plan.limit()).isEqualTo(MemorySize.ofMegabytes(352));
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml",
                "services:\n  it: {image: 'n8nio/n8n:1.40.0', mem_limit: 1g}\n")), ComposeLoader.Request.of(
                        "compose.yml"));
        assertThat(Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofMegabytes(768L), Millicores.ofCores(4))))
                .combination()).extracting(Change::toString).containsExactly(
                        "it: 352 MB instead of the 704 MB assumed saves 352 MB");
    }

    @Test
    void aBufferPoolThatWasChosenIsNotRaised() {
        var plan = planned(32_768, "{image: 'mariadb:11', command: '--innodb-buffer-pool-size=192M'}");
        assertThat(value(plan, "innodb_buffer_pool_size")).isEqualTo("192M");
        assertThat(why(plan, "innodb_buffer_pool_size")).isEqualTo("as configured");
        assertThat(why(planned("{image: 'mariadb:11'}"), "innodb_buffer_pool_size")).startsWith("(limit ");
        assertThat(plan.limit()).isLessThan(MemorySize.ofGigabytes(1));
    }

    @Test
    void mysqlSaysWhereItsBufferPoolAndItsConnectionsAreFrom() {
        var service = "{image: 'mariadb:11', command: '--innodb-buffer-pool-size=1G --max-connections=200'}";
        assertThat(why(planned(service), "innodb_buffer_pool_size")).isEqualTo("as configured");
        assertThat(why(planned(service), "max_connections")).isEqualTo("as configured");
        var small = planned(768, service);
        assertThat(why(small, "innodb_buffer_pool_size")).startsWith("(limit ");
        assertThat(why(small, "max_connections")).isEqualTo("lowered from 200 to fit");
    }

    @Test
    void theConnectionsThatMysqlWasToldToExpectCount() {
        assertThat(
                value(planned("{image: 'mysql:8.4', command: '--max-connections=500', x-plimsoll: {connections: 60}}"),
                        "max_connections"))
                .isEqualTo("60");
    }

    @Test
    void mysqlIsExpectedToServeTwentyConnectionsAtOnce() {
        var plan = planned("{image: 'mysql:8.4', command: '--max-connections=220'}");
        assertThat(plan.ceiling().orElseThrow().total().minus(plan.reservation()))
                .isEqualTo(MemorySize.ofMegabytes(400));
    }

    private static String why(ServicePlan plan, String setting) {
        return plan.choice(setting).map(Sizing.Choice::arithmetic).orElse("");
    }

    private static ServicePlan nginx(long megabytes, String conf) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n  it: {image: 'nginx:1.27', "
                + "volumes: ['./nginx.conf:/etc/nginx/nginx.conf']}\n", "nginx.conf",
                conf)),
                ComposeLoader.Request.of("compose.yml"));
        return Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofMegabytes(megabytes), Millicores.ofCores(4))))
                .services().getFirst();
    }

    @ParameterizedTest
    @CsvSource({"worker_processes 1; events { worker_connections 1024; }, 1, 1024",
            "worker_processes 1; events { worker_connections 512; }, 1, 512",
            "worker_processes auto; events { worker_connections 1024; }, 2, 1024",
            "worker_processes 2; events { worker_connections 4096; }, 2, 4096"})
    void nginxKeepsItsConnections(String conf, String workers, String connections) {
        var plan = nginx(4096, conf);
        assertThat(value(plan, "worker_processes")).isEqualTo(workers);
        assertThat(value(plan, "worker_connections")).isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({"1, as configured", "2, as configured", "8, lowered from 8", "auto, `auto` counts"})
    void saysWhereTheWorkersOfNginxAreFrom(String workers, String why) {
        assertThat(why(nginx(4096, "worker_processes " + workers + "; events { worker_connections 512; }"),
                "worker_processes")).startsWith(why);
    }

    /// Or what was planned would be found too large when it is read again.
    @Test
    void aPlannedNginxNeedsNoMoreThanThePlanSays() {
        var plan = nginx(4096, "worker_processes 2; events { worker_connections 4096; }");
        assertThat(plan.configured().ceiling().orElseThrow().total()).isEqualTo(plan.ceiling().orElseThrow().total());
    }

    @Test
    void whoWritesManyConnectionsForNginxMeansNoGigabytes() {
        var many = "worker_processes auto; events { worker_connections 65535; }";
        assertThat(nginx(2048, many).isLowered()).isFalse();
        assertThat(nginx(32_768, many).limit()).isEqualTo(MemorySize.ofMegabytes(320));
    }

    @Test
    void nginxIsExpectedToHaveAHundredConnectionsBusy() {
        var plan = nginx(4096, "worker_processes 2; events { worker_connections 4096; }");
        assertThat(plan.reservation()).isEqualTo(MemorySize.ofMegabytes(12).plus(MemorySize.ofKilobytes(6500)));
        assertThat(plan.configured().expected().total()).isEqualTo(plan.reservation());
    }

    @Test
    void nginxHasTheConnectionsOfItsImageWhereNobodyChose() {
        assertThat(Integer.parseInt(value(planned("{image: 'nginx:1.27'}"), "worker_connections")))
                .isGreaterThanOrEqualTo(1024);
    }
}
