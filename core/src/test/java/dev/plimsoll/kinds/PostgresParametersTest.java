package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresParametersTest {
    private static PostgresParameters.Parameter parameter(String name) {
        return PostgresParameters.find(name, 16).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"work_mem, 64, 65536", "work_mem, 64kB, 65536", "work_mem, 64MB, 67108864",
            "shared_buffers, 16384, 134217728", "shared_buffers, 128MB, 134217728", "wal_buffers, 16, 131072",
            "shared_buffers, 0x4000, 134217728", "work_mem, 0100MB, 67108864", "max_wal_size, 1024, 1073741824",
            "max_wal_size, 1GB, 1073741824", "effective_cache_size, 4GB, 4294967296"})
    void bareNumbersAreInTheSettingsOwnUnit(String name, String value, long bytes) {
        assertThat(parameter(name).memory(value)).contains(MemorySize.ofBytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"work_mem, -1", "work_mem, 64mb", "work_mem, lots", "work_mem, ''",
            "work_mem, 99999999999999999999"})
    void whatIsNoSizeIsEmpty(String name, String value) {
        assertThat(parameter(name).memory(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fsync, on", "fsync, FALSE", "fsync, 1", "wal_level, logical", "wal_level, REPLICA", "work_mem, 64MB",
            "work_mem, 64 kB", "max_connections, 200", "random_page_cost, 1.1", "random_page_cost, 1e0",
            "checkpoint_timeout, 15min", "checkpoint_timeout, 900", "statement_timeout, 30s", "search_path, anything",
            "autovacuum_work_mem, -1", "wal_buffers, -1", "max_connections, 0x50", "max_connections, 0120",
            "random_page_cost, 0x2", "random_page_cost, 08", "max_connections, 070.0", "work_mem, 0x10000kB"})
    void whatTheServerTakesIsNotRefused(String name, String value) {
        assertThat(parameter(name).refusal(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"fsync,maybe,it must be on or off", "wal_level,full,it must be one of ",
            "work_mem,64mb,`memory units are B, kB, MB, GB and TB, in exactly this case`",
            "work_mem,64M,`memory units are B, kB, MB, GB and TB, in exactly this case`",
            "work_mem,much,it must be a number with an optional unit",
            "work_mem,1kB,it is outside 64 .. 2147483647 (in kB)",
            "max_connections,0,it is outside 1 .. 262143", "max_connections,100MB,it takes no unit",
            "checkpoint_timeout,5m,`time units are us, ms, s, min, h and d`",
            "max_connections,many,it must be a number", "max_connections,080,it must be a number",
            "max_connections,080.0,it must be a number",
            "max_connections,0x,it takes no unit", "work_mem,0x10,it is outside 64 .. 2147483647 (in kB)",
            "max_connections,1e99999999999,it must be a number",
            "work_mem,4096GB,it is outside 64 .. 2147483647 (in kB)"})
    void whatTheServerRefusesIsRefusedWithItsReason(String name, String value, String why) {
        assertThat(parameter(name).refusal(value).orElse("taken")).startsWith(why);
    }

    @Test
    void settingsBelongToMajors() {
        assertThat(PostgresParameters.find("io_method", 17)).isEmpty();
        assertThat(PostgresParameters.find("io_method", 18)).isPresent();
        assertThat(PostgresParameters.majorsOf("no_such_setting")).isEqualTo(Optional.empty());
        assertThat(PostgresParameters.majorsOf("work_mem").orElseThrow()).isEqualTo("13 to 18");
    }

    @Test
    void namesIgnoreCaseAndUnknownMajorsTakeTheNearest() {
        assertThat(PostgresParameters.find("DateStyle", 16)).isEqualTo(PostgresParameters.find("datestyle", 16));
        assertThat(PostgresParameters.find("work_mem", 9)).isPresent();
        assertThat(PostgresParameters.find("work_mem", 99)).isPresent();
    }

    @Test
    void whatUsualBuildsAndOldSpellingsAllowIsNotRefused() {
        for (var setting : List.of("wal_compression=lz4", "wal_compression=zstd", "default_toast_compression=lz4",
                "io_method=io_uring", "ssl_min_protocol_version=TLSv1.2", "ssl_max_protocol_version=",
                "wal_level=hot_standby", "client_min_messages=debug")) {
            var parts = setting.split("=", 2);
            assertThat(PostgresParameters.find(parts[0], 18).orElseThrow().refusal(parts[1])).as(setting).isEmpty();
        }
        assertThat(PostgresParameters.find("wal_compression", 18).orElseThrow().refusal("gzip")).isPresent();
    }
}
