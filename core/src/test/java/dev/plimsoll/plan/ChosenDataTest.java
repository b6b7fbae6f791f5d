package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A Redis that writes a log gets the data back that somebody chose, once there is memory for its fork.
class ChosenDataTest {
    @ParameterizedTest
    @CsvSource({"2, 61mb", "4, 183mb", "8, 256mb", "32, 256mb"})
    void comesBackAsMemoryGrows(long gigabytes, String maxmemory) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", """
                services:
                  redis:
                    image: redis:7
                    command: redis-server --maxmemory 256mb --maxmemory-policy allkeys-lru --appendonly yes
                    volumes: [data:/data]
                  db: {image: 'postgres:17'}
                  web: {image: 'example/web:1'}
                  more: {image: 'example/more:1'}
                volumes: {data: {}}
                """)), ComposeLoader.Request.of("compose.yml"));
        var plan = Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofGigabytes(gigabytes), Millicores.ofCores(4))));
        assertThat(plan.service("redis").orElseThrow().choice("maxmemory").orElseThrow().value()).isEqualTo(maxmemory);
    }
}
