package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two copies of the service on one database and one Redis.
class SharingTest {
    private static final String QUESTION = "Does the silk moth eat?";

    private final Servers servers;
    private Room here;

    SharingTest(@TempDir Path directory) throws IOException {
        servers = new Servers(directory);
    }

    @BeforeEach
    void starts() throws IOException, InterruptedException, SQLException {
        servers.startPostgres().startRedis();
        here = open();
        var id = client(here).post("/api/documents?title=Moths&source=nature", "The silk moth never eats.",
                "Content-Type", "text/plain").json().path("id").asLong();
        until(() -> state(id).equals("ready") && isAnnounced());
        assertThat(isCached(here)).isFalse();
        assertThat(isCached(here)).isTrue();
    }

    @AfterEach
    void stops() {
        here.close();
        servers.close();
    }

    @Test
    void anAnswerThatOneGaveTheOtherGivesUntilTheSourceIsSynced() throws IOException, InterruptedException,
            SQLException {
        try (var there = open()) {
            hears(there);
            assertThat(isCached(there)).isTrue();
            assertThat(client(here).post("/api/sync/nature", "").json().path("confirmed").asBoolean()).isTrue();
            assertThat(isCached(there)).isFalse();
        }
    }

    @Test
    void answersOutliveTheProcess() throws IOException, InterruptedException, SQLException {
        here.close();
        here = open();
        hears(here);
        assertThat(isCached(here)).isTrue();
    }

    @Test
    void roomsOfOtherDatabasesShareNoReports() throws IOException, InterruptedException, SQLException {
        assertThat(client(here).get("/api/reports/impact").text()).contains("Moths");
        try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + servers.postgres
                + "/postgres", "postgres", ""); var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE other");
        }
        try (var elsewhere = open(servers.databaseUrl().replaceFirst("/postgres$", "/other"))) {
            assertThat(client(elsewhere).get("/api/reports/impact").text()).doesNotContain("Moths");
        }
    }

    private Room open() throws IOException, InterruptedException, SQLException {
        return open(servers.databaseUrl());
    }

    private Room open(String database) throws IOException, InterruptedException, SQLException {
        return Room.open(Settings.of(Map.of("DATABASE_URL", database, "REDIS_URL", servers.redisUrl(),
                "API_TOKEN", Client.TOKEN, "PORT", "0", "RATE_LIMIT", "0", "DB_POOL_MIN", "1", "DB_POOL_MAX", "5")));
    }

    private static Client client(Room room) {
        return Client.of(room);
    }

    private static boolean isCached(Room room) throws IOException, InterruptedException {
        return client(room).ask(QUESTION, "nature").json().path("cached").asBoolean();
    }

    /// Its first question, which nothing answers, tells it how long vectors are; then it reads what others told.
    private static void hears(Room room) throws IOException, InterruptedException {
        assertThat(client(room).ask("Quo vadis?", "nature").json().path("citations")).isEmpty();
        until(() -> entries(room) == 1);
    }

    private static double entries(Room room) {
        try {
            return client(room).get("/metrics").text().lines().filter(line -> line.startsWith(
                    "plimsoll_semantic_entries")).mapToDouble(line -> Double.parseDouble(
                            line.substring(line
                                    .lastIndexOf(' '))))
                    .sum();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String state(long id) {
        try {
            return client(here).get("/api/documents/" + id).json().path("state").asString();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// What was kept before the document was there is stale from then on.
    private boolean isAnnounced() {
        try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + servers.postgres
                + "/postgres", "postgres", "");
                var rows = connection.createStatement().executeQuery("SELECT bool_and(announced) FROM documents")) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (var time = 0; !condition.getAsBoolean(); time++) {
            assertThat(time).as("waited 20 s").isLessThan(400);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
