package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.State.PublishedPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandProgramTest {
    private static final List<PublishedPort> NEIGHBOURS = List.of(new PublishedPort("db", 5432, "tcp", 40_001),
            new PublishedPort("cache", 6379, "tcp", 40_002));

    @ParameterizedTest
    @CsvSource({"postgres://app:pw@db:5432/shop, postgres://app:pw@127.0.0.1:40001/shop",
            "postgres://app:pw@db/shop, postgres://app:pw@127.0.0.1:40001/shop",
            "redis://cache, redis://127.0.0.1:40002", "redis://:db@cache:6379/0, redis://:db@127.0.0.1:40002/0",
            "db, 127.0.0.1", "jdbc:postgresql://db:5432/db, jdbc:postgresql://127.0.0.1:40001/db",
            "my-db:5432, my-db:5432", "db:54321, db:54321", "shop, shop",
            "http://example.org/db, http://example.org/db"})
    void servicesAreNamedByWhereTheyListen(String value, String expected) {
        assertThat(CommandProgram.reachable(Map.of("X", value), NEIGHBOURS)).containsEntry("X", expected);
    }

    @Test
    void aPortBesideItsHostIsMovedWithIt() {
        assertThat(CommandProgram.reachable(Map.of("DB_HOST", "db", "DB_PORT", "5432", "OTHER_PORT", "5432"),
                NEIGHBOURS)).containsEntry("DB_HOST", "127.0.0.1").containsEntry("DB_PORT", "40001")
                .containsEntry("OTHER_PORT", "5432");
    }
}
