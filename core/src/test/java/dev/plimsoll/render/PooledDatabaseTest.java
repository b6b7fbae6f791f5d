package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.audit.Audit;
import dev.plimsoll.audit.rules.PoolerAboveMaxConnections;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A Postgres and the PgBouncer in front of it, read again as they were rendered, do not contradict each other.
class PooledDatabaseTest {
    private static final String COMPOSE = """
            services:
              db:
                image: postgres:16
              pool:
                image: edoburu/pgbouncer:1.22.0
                volumes: ['./b.ini:/etc/pgbouncer/pgbouncer.ini']
            """;

    private static Inventory inventory(Map<String, String> files, List<String> composeFiles, int megabytes) {
        var request = new ComposeLoader.Request(composeFiles, List.of(), Map.of(), List.of(), Optional.empty(), "it");
        return Inventory.of(ComposeLoader.load(ProjectFiles.of(files), request), Host.of(MemorySize.ofMegabytes(
                megabytes), Millicores.ofCores(2)));
    }

    private static Inventory rendered(String ini, int megabytes) {
        var files = new LinkedHashMap<>(Map.of("compose.yml", COMPOSE, "b.ini", ini));
        var task = Tasks.task(Profile.PRODUCTION, inventory(files, List.of("compose.yml"), megabytes));
        var parts = Stream.of(new PostgresConf(), new PgBouncerConf()).map(renderer -> Tasks.render(renderer, task))
                .toList();
        parts.forEach(part -> part.files().forEach(file -> files.put("plimsoll/" + file.path(), file.content())));
        files.put("over.yml", ComposeOverride.file(task.plan(), parts.stream().flatMap(part -> part.patches().stream())
                .toList(), "").content());
        return inventory(files, List.of("compose.yml", "over.yml"), megabytes);
    }

    private static int connections(Inventory inventory) {
        return PostgresMemory.of(inventory.named("db").orElseThrow()).connections();
    }

    private static String databases(String... lines) {
        return "[databases]\n" + String.join("\n", lines) + "\n[pgbouncer]\ndefault_pool_size = 15\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 8192})
    void poolsFitWhatThePlanAllows(int megabytes) {
        for (var ini : List.of(databases("a = host=db", "b = host=db", "c = host=db"),
                databases("a = host=db pool_size=50", "b = host=db"), databases("a = host=db") + "reserve_pool_size=40",
                databases("* = host=db pool_size=200", "b = port=5432"))) {
            var inventory = rendered(ini, megabytes);
            assertThat(Audit.of(inventory, List.of(new PoolerAboveMaxConnections())).findings()).as(ini).isEmpty();
        }
    }

    @Test
    void nobodysConnectionsAreThoseOfThePoolsAndTheReserved() {
        assertThat(connections(rendered(databases("a = host=db", "b = host=db", "c = host=db"), 8192))).isEqualTo(3
                * 15 + 8);
        assertThat(connections(rendered(databases("a = host=db", "b = host=db pool_size=25"), 8192))).isEqualTo(15
                + 25 + 8);
        assertThat(connections(rendered(databases("a = host=db"), 8192))).isEqualTo(40);
    }

    @Test
    void aPoolerOfAnotherDatabaseAsksForNothing() {
        assertThat(connections(rendered(databases("a = host=a.example", "b = host=a.example", "c = host=a.example"),
                8192))).isEqualTo(40);
    }
}
