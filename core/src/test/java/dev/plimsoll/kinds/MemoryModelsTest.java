package dev.plimsoll.kinds;

import static dev.plimsoll.units.MemorySize.ofBytes;
import static dev.plimsoll.units.MemorySize.ofMegabytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arithmetic of the memory models, held against values computed by hand.
class MemoryModelsTest {
    private static MemorySize term(Amount amount, String what) {
        return amount.terms().stream().filter(term -> term.what().equals(what)).findFirst().orElseThrow().size();
    }

    private static PostgresMemory postgres(String command) {
        return PostgresMemory.of(Examples.service("image: postgres:17\ncommand: postgres " + command));
    }

    @Test
    void postgresSharedMemory() {
        // 1.0235 x 128 MB = 131.008 MB; wal_buffers 128/32 = 4 MB; 0.05 x 100 + 3.2 = 8.2 MB; sum 143.208 MB.
        assertThat(postgres("").sharedMemory().size().bytes()).isCloseTo(150_164_000,
                org.assertj.core.data.Offset.offset(1000L));
        // wal_buffers stop at 16 MB: 1.0235 x 1024 = 1048.064, + 16 + 0.05 x 20 + 3.2 = 1068.264 MB.
        assertThat(postgres("-c shared_buffers=1GB -c max_connections=20").sharedMemory().size().megabytes())
                .isEqualTo(1068);
        assertThat(postgres("-c shared_buffers=1GB -c wal_buffers=64MB").walBuffers()).isEqualTo(ofMegabytes(64));
    }

    @Test
    void postgresQueries() {
        // (100 connections + 8 parallel workers) x 2 nodes x 4 MB x 2 = 1728 MB.
        assertThat(term(postgres("").ceiling(), "queries")).isEqualTo(ofMegabytes(1728));
        // 50 x 2 x 16 MB x 1 = 1600 MB without parallel query.
        assertThat(term(postgres("-c max_connections=50 -c work_mem=16MB -c hash_mem_multiplier=1 "
                + "-c max_parallel_workers_per_gather=0").ceiling(), "queries")).isEqualTo(ofMegabytes(1600));
        // Before version 15 the multiplier is 1: (100 + 8) x 2 x 4 MB = 864 MB.
        assertThat(term(PostgresMemory.of(Examples.service("image: postgres:14")).ceiling(), "queries"))
                .isEqualTo(ofMegabytes(864));
    }

    @Test
    void postgresBackendsAndMaintenance() {
        // Page tables 128 MB x 8/4096 = 0.25 MB; (5 + 0.25) x 108 processes = 567 MB.
        assertThat(term(postgres("").ceiling(), "backends")).isEqualTo(ofMegabytes(567));
        assertThat(term(postgres("-c maintenance_work_mem=256MB").ceiling(), "maintenance"))
                .isEqualTo(ofMegabytes(256));
        // autovacuum_work_mem falls back to maintenance_work_mem: 3 x 64 MB.
        assertThat(term(postgres("").ceiling(), "autovacuum")).isEqualTo(ofMegabytes(192));
        assertThat(term(postgres("-c autovacuum_work_mem=-1 -c maintenance_work_mem=32MB").ceiling(), "autovacuum"))
                .isEqualTo(ofMegabytes(96));
        assertThat(term(postgres("").ceiling(), "slack")).isEqualTo(ofMegabytes(64));
    }

    @ParameterizedTest
    @CsvSource({"100, false, false, 139", "100, false, true, 254", "512, false, true, 1201", "0, true, true, 24",
            "100, true, false, 214", "100, true, true, 404"})
    void redisCeiling(long maxMemory, boolean evicts, boolean forks, long megabytes) {
        // 8 + maxmemory x 1.15, or x 1.9 where data make room for others (x 2 while forking) + 16, in whole MB.
        assertThat(RedisMemory.ceiling(ofMegabytes(maxMemory), evicts, forks).total().megabytes())
                .isEqualTo(megabytes);
    }

    @Test
    void redisHoldsTwiceItsDataOnceValuesOfAnotherSizeReplacedThem() {
        assertThat(RedisMemory.held(ofMegabytes(100)).total().megabytes()).isEqualTo(115);
        assertThat(RedisMemory.churned(ofMegabytes(100)).total().megabytes()).isEqualTo(198);
        assertThat(RedisMemory.steady(ofMegabytes(100), false).total().megabytes()).isEqualTo(139);
    }

    @Test
    void redisWithoutABoundHasNoCeiling() {
        var service = Examples.service("image: redis:7");
        assertThat(service.kind().demand(service, Host.TYPICAL).ceiling()).isEmpty();
        assertThat(Redis.forks(service)).isTrue();
        assertThat(Redis.forks(Examples.service("image: redis:7\ncommand: redis-server --save ''"))).isFalse();
        assertThat(Redis.forks(Examples.service("image: redis:7\ncommand: redis-server --save '' --appendonly yes")))
                .isTrue();
    }

    @Test
    void redisMegabytesWithoutABAreDecimal() {
        assertThat(Redis.maxMemory(Examples.service("image: redis:7\ncommand: redis-server --maxmemory 512m")))
                .isEqualTo(ofBytes(512_000_000));
    }

    @Test
    void jvmWithoutAHeapNeedsAtRestNoMoreThanUnderLoad() {
        // A quarter of 64 GB is 16 GB, a quarter of that 4 GB; an ordinary application uses 256 MB of it.
        var demand = new Jvm().demand(Examples.service("image: eclipse-temurin:25"), Host.TYPICAL.with(MemorySize
                .ofGigabytes(64)));
        assertThat(demand.floor().total()).isEqualTo(ofMegabytes(356));
        assertThat(demand.expected().total()).isEqualTo(ofMegabytes(411));
    }

    @Test
    void keycloakAllowsItselfMoreThanTheJvmWould() {
        // 0.7 x 1 GB = 716.8 MB; + 180 + 50.
        var demand = new Jvm().demand(Examples.service("image: quay.io/keycloak/keycloak:26.0\nmem_limit: 1g"),
                Host.TYPICAL);
        assertThat(demand.ceiling().orElseThrow().total().megabytes()).isEqualTo(946);
        assertThat(term(demand.expected(), "heap")).isEqualTo(ofMegabytes(256));
    }

    @Test
    void jvmCeiling() {
        // 512 heap + 180 outside + 50 threads x 1 MB.
        assertThat(Jvm.ceiling(ofMegabytes(512), Examples.service("image: eclipse-temurin:25")).total())
                .isEqualTo(ofMegabytes(742));
    }

    @Test
    void mysqlCeiling() {
        // 200 + 128 x 1.1 + 151 x 2 = 642.8 MB.
        assertThat(MySql.ceiling(MySql.BASE, ofMegabytes(128), 151).total().megabytes()).isEqualTo(642);
    }

    @ParameterizedTest
    @CsvSource({"mysql:8.4, , 200", "mariadb:11.8, , 100", "mariadb:11.8, ON, 200", "mariadb:11.8, 1, 200",
            "mysql:8.4, OFF, 100", "percona:8.0, 0, 100"})
    void mysqlTakesHalfWithoutPerformanceSchema(String image, @Nullable String schema, int megabytes) {
        assertThat(MySql.base(Examples.service("image: " + image + (schema == null
                ? ""
                : "\ncommand: --performance-schema=" + schema)))).isEqualTo(ofMegabytes(megabytes));
    }

    @Test
    void sqlServerTakesFourFifthsOfWhatItSees() {
        var image = "image: mcr.microsoft.com/mssql/server:2022-latest";
        // 0.8 x 3000 = 2400, and a tenth beside it.
        assertThat(sqlServer(image + "\nmem_limit: 3000m")).isEqualTo(ofMegabytes(2640));
        assertThat(sqlServer(image + "\nenvironment: {MSSQL_MEMORY_LIMIT_MB: 2000}")).isEqualTo(ofMegabytes(2200));
    }

    @Test
    void sqlServerGetsNoLessThanItAsksForAtStart() {
        var service = Examples.service("image: mcr.microsoft.com/mssql/server:2022-latest\nmem_limit: 512m");
        var sizing = service.kind().sizing(service, Host.TYPICAL);
        assertThat(sizing.minimum(1)).isEqualTo(ofMegabytes(2000));
        var least = sizing.at(ofMegabytes(2000), 1);
        assertThat(least.choices()).extracting(choice -> choice.setting() + "=" + choice.value()).containsExactly(
                "MSSQL_MEMORY_LIMIT_MB=1600");
        assertThat(least.ceiling().orElseThrow().total()).isEqualTo(ofMegabytes(1760));
    }

    private static MemorySize sqlServer(String text) {
        var service = Examples.service(text);
        return service.kind().demand(service, Host.TYPICAL).ceiling().orElseThrow().total();
    }

    @Test
    void nodeHeapFitsItsLimit() {
        // 0.7 x (512 - 40) = 330.4, rounded down.
        assertThat(NodeJs.fittingHeap(ofMegabytes(512))).isEqualTo(ofMegabytes(330));
        assertThat(NodeJs.ceiling(ofMegabytes(330)).total()).isLessThanOrEqualTo(ofMegabytes(512));
    }
}
