package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Another program's config file, whatever it holds, is no reason to stop.
class ConfigFilesFuzzTest {
    private static final String COMPOSE = """
            services:
              db:
                image: postgres:17
                command: postgres -c config_file=/etc/any.conf
                volumes: [./any.conf:/etc/any.conf]
              cache:
                image: redis:7
                command: redis-server /etc/any.conf
                volumes: [./any.conf:/etc/any.conf]
              pool:
                image: edoburu/pgbouncer:1.22.0
                volumes: [./any.conf:/etc/pgbouncer/pgbouncer.ini]
              sql:
                image: mysql:8.4
                volumes: [./any.conf:/etc/my.cnf]
            """;

    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"shared_buffers = ", "work_mem = ", "max_connections = ", "'", "8GB", "-1", "maxmemory ",
            "512mb",
            "save 60 1", "[databases]\\x0A", "[mysqld]\\x0A", "innodb_buffer_pool_size = ", "default_pool_size = ",
            "hash_mem_multiplier = ", "autovacuum_max_workers = ", "max_wal_size = ", "max_parallel_workers = "})
    void readsAnyConfigFile(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var files = ProjectFiles.of(Map.of("compose.yml", COMPOSE, "any.conf", text));
        var inventory = Inventory.of(ComposeLoader.load(files, ComposeLoader.Request.of("compose.yml")), Host.TYPICAL);
        for (var service : inventory.services()) {
            assertThat(service.settings().missing()).isEmpty();
            var demand = service.kind().demand(service, inventory.host());
            assertThat(demand.floor().total().bytes()).isNotNegative();
            var sizing = service.kind().sizing(service, inventory.host());
            assertThat(sizing.minimum(1)).isLessThanOrEqualTo(sizing.useful(1));
        }
    }
}
