package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The service when something is missing, too much is asked, or it has to end.
class TroubleTest {
    private final Servers servers;

    TroubleTest(@TempDir Path directory) throws IOException {
        servers = new Servers(directory);
    }

    @BeforeEach
    void starts() throws IOException, InterruptedException {
        servers.startPostgres();
    }

    @AfterEach
    void stops() {
        servers.close();
    }

    @Test
    void withoutItsCacheItIsDegradedAndGoesOn() throws IOException, InterruptedException, SQLException {
        servers.startRedis();
        try (var room = open(Map.of("REDIS_URL", servers.redisUrl()))) {
            var client = Client.of(room);
            healthOnce(client, "UP");
            client.post("/api/sync/a", "");
            assertThat(client.get("/api/reports/gaps").status()).isEqualTo(200);
            servers.stopRedis();
            var health = healthOnce(client, "DEGRADED");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("parts").path("cache").path("state").asString()).isEqualTo("DOWN");
            assertThat(client.get("/api/reports/gaps").status()).isEqualTo(200);
            assertThat(client.ask("Anything?", "a").status()).isEqualTo(200);
            assertThat(client.post("/api/sync/a", "").json().path("confirmed").asBoolean(true)).isFalse();
        }
    }

    @Test
    void aCacheThatRefusesItsPasswordIsNotHealthy() throws IOException, InterruptedException, SQLException {
        servers.startRedis("--requirepass", "right one");
        var address = "127.0.0.1:" + servers.redis;
        for (var url : List.of("redis://" + address, "redis://:wrong@" + address)) {
            try (var room = open(Map.of("REDIS_URL", url))) {
                var cache = healthOnce(Client.of(room), "DEGRADED").json().path("parts").path("cache");
                assertThat(cache.path("state").asString()).isEqualTo("DEGRADED");
                assertThat(cache.path("detail").asString()).startsWith("answers `-NOAUTH ");
            }
        }
        try (var room = open(Map.of("REDIS_URL", "redis://:right%20one@" + address))) {
            healthOnce(Client.of(room), "UP");
        }
    }

    @Test
    void aCacheThatTellsOfNoInvalidationsIsNotHealthy() throws IOException, InterruptedException, SQLException {
        servers.startRedis("--user", "room", "on", ">secret", "~*", "&*", "+@all", "-subscribe");
        try (var room = open(Map.of("REDIS_URL", "redis://room:secret@127.0.0.1:" + servers.redis))) {
            var cache = healthOnce(Client.of(room), "DEGRADED").json().path("parts").path("cache");
            assertThat(cache.path("detail").asString()).isEqualTo("answers, but tells of no invalidations");
        }
    }

    @Test
    void withoutItsDatabaseItIsDownAndSaysSo() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of("DB_POOL_WAIT_MS", "500"))) {
            var client = Client.of(room);
            assertThat(client.get("/api/documents").status()).isEqualTo(200);
            servers.close();
            var health = healthOnce(client, "DOWN");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json().path("parts").path("database").path("state").asString()).isEqualTo("DOWN");
            var refused = client.get("/api/documents");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.text()).doesNotContain("Exception");
        }
    }

    @Test
    void aClientThatAsksTooOftenIsToldWhenToComeBack() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of("RATE_LIMIT", "1"))) {
            var client = Client.of(room);
            assertThat(client.get("/api/documents").header("RateLimit-Limit")).isEqualTo("2");
            var got = client.get("/api/documents");
            for (var time = 0; time < 20 && got.status() == 200; time++) {
                got = client.get("/api/documents");
            }
            assertThat(got.status()).isEqualTo(429);
            assertThat(got.header("Retry-After")).isEqualTo("1");
            assertThat(client.with("").get("/api/health").status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowRequestIsFinishedBeforeTheServiceEnds() throws IOException, InterruptedException, SQLException,
            ExecutionException, TimeoutException {
        var room = open(Map.of());
        var client = Client.of(room);
        try (var slow = new Socket(InetAddress.getLoopbackAddress(), room.port())) {
            slow.setSoTimeout(30_000);
            send(slow, "POST /api/documents?title=Slow HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + Client.TOKEN + "\r\nContent-Type: text/plain\r\nContent-Length: 27\r\n\r\nIt takes its time ");
            awaitActive(client);
            var closing = CompletableFuture.runAsync(room::close);
            for (var time = 0; time < 200 && client.get("/api/health").status() == 200; time++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(client.get("/api/health").json().path("state").asString()).isEqualTo("DRAINING");
            assertThat(client.get("/api/documents").status()).isEqualTo(503);
            send(slow, "and ends.");
            assertThat(new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo(
                    "HTTP/1.1 202");
            closing.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void documentsThatCannotWaitAreAskedToComeAgainAndNotKept() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of("INGEST_QUEUE", "1"));
                var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + servers.postgres
                        + "/postgres", "postgres", "");
                var statement = connection.createStatement()) {
            var client = Client.of(room);
            database("CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM "
                    + "pg_advisory_xact_lock_shared(7); RETURN NEW; END'");
            database("CREATE TRIGGER held BEFORE INSERT ON chunks FOR EACH ROW EXECUTE FUNCTION held()");
            statement.execute("SELECT pg_advisory_lock(7)");
            var kept = 0;
            var got = upload(client);
            for (; got.status() == 202 && kept < 20; kept++) {
                got = upload(client);
            }
            assertThat(got.status()).isEqualTo(503);
            assertThat(got.header("Retry-After")).isEqualTo("5");
            assertThat(got.json().path("detail").asString()).startsWith("many documents wait to be read");
            assertThat(client.get("/api/documents").json().path("items")).hasSize(kept);
        }
    }

    private static Client.Got upload(Client client) throws IOException, InterruptedException {
        return client.post("/api/documents?title=Tide&source=late", "The tide turns late.", "Content-Type",
                "text/plain");
    }

    /// Each is held in memory.
    @Test
    void noMoreThanTwoUploadsAreTakenAtOnce() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of());
                var one = new Socket(InetAddress.getLoopbackAddress(), room.port());
                var other = new Socket(InetAddress.getLoopbackAddress(), room.port())) {
            var client = Client.of(room);
            for (var slow : List.of(one, other)) {
                send(slow, "POST /api/documents?title=Slow HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + Client.TOKEN + "\r\nContent-Type: text/plain\r\nContent-Length: 27\r\n\r\nIt takes ");
            }
            // Both have their places: a third upload before that would take one of them.
            for (var time = 0; time < 500 && !(figure(client, "http_server_requests_active") == 2 && figure(client,
                    "db_query_duration_seconds_count{query=\"token_check\"}") == 2); time++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            var got = upload(client);
            assertThat(got.status()).isEqualTo(503);
            assertThat(got.json().path("detail").asString()).startsWith("other uploads are under way");
            send(one, "its time and ends.");
            for (var time = 0; time < 200 && got.status() == 503; time++) {
                TimeUnit.MILLISECONDS.sleep(20);
                got = upload(client);
            }
            assertThat(got.status()).isEqualTo(202);
        }
    }

    /// One of the metrics, 0 before there is any.
    private static double figure(Client client, String name) throws IOException, InterruptedException {
        return client.get("/metrics").text().lines().filter(line -> line.startsWith(name + " ")).mapToDouble(
                line -> Double.parseDouble(line.substring(name.length() + 1))).sum();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void uploadsThatWaitedAreReadAfterTheNextStart() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of())) {
            assertThat(room.port()).isPositive();
        }
        database("INSERT INTO documents (source, title, media_type, size_bytes, content) VALUES ('late', 'Late', "
                + "'text/plain', 20, 'The tide turns late.')");
        try (var room = open(Map.of())) {
            assertThat(settled(Client.of(room)).path("state").asString()).isEqualTo("ready");
        }
    }

    @Test
    void whileAllConnectionsAreHeldItIsDegradedAndTellsItsMetrics() throws IOException, InterruptedException,
            SQLException {
        try (var room = open(Map.of("DB_POOL_MAX", "1", "DB_POOL_WAIT_MS", "20000"));
                var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + servers.postgres
                        + "/postgres", "postgres", "");
                var statement = connection.createStatement()) {
            var client = Client.of(room);
            assertThat(client.get("/api/documents").status()).isEqualTo(200);
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE documents");
            var slow = CompletableFuture.supplyAsync(() -> status(client, "/api/documents"));
            var health = healthOnce(client, "DEGRADED");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("parts").path("database").path("detail").asString()).isEqualTo(
                    "all 1 connections are in use");
            assertThat(client.get("/metrics").text()).contains("workers_queued 0.0");
            assertThat(healthOnce(client, "DOWN").status()).as("none came free for long").isEqualTo(503);
            connection.rollback();
            assertThat(slow.join()).isEqualTo(200);
        }
    }

    private static int status(Client client, String path) {
        try {
            return client.get(path).status();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// An answer about health is good for a second.
    private static Client.Got healthOnce(Client client, String state) throws IOException, InterruptedException {
        var health = client.get("/api/health");
        for (var time = 0; time < 200 && !health.json().path("state").asString().equals(state); time++) {
            TimeUnit.MILLISECONDS.sleep(50);
            health = client.get("/api/health");
        }
        assertThat(health.json().path("state").asString()).isEqualTo(state);
        return health;
    }

    @Test
    void guessesOfTokensAreCountedBeforeTheyAreLookedUp() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of("RATE_LIMIT", "1"))) {
            var client = Client.of(room);
            var refused = new ArrayList<Integer>();
            for (var guess = 0; guess < 10; guess++) {
                refused.add(client.with("guess " + guess).get("/api/documents").status());
            }
            assertThat(refused).startsWith(401).contains(429);
            var lookedUp = client.get("/metrics").text().lines().filter(line -> line.startsWith(
                    "db_query_duration_seconds_count{query=\"token_check\""))
                    .mapToDouble(line -> Double.parseDouble(line
                            .substring(line.lastIndexOf(' '))))
                    .sum();
            assertThat(lookedUp).isEqualTo(refused.stream().filter(status -> status == 401).count());
        }
    }

    @Test
    void withoutItsModelItAnswersByWordsFromTheDocuments() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of())) {
            var client = Client.of(room);
            client.post("/api/documents?title=Tide&source=late", "The tide turns late.", "Content-Type", "text/plain");
            assertThat(settled(client).path("state").asString()).isEqualTo("ready");
        }
        try (var room = open(Map.of("OPENAI_BASE_URL", "http://127.0.0.1:1/v1", "MODEL", "small", "EMBEDDING_MODEL",
                "embedder"))) {
            var answer = Client.of(room).ask("When does the tide turn?", "late");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("answer").asString()).isEqualTo("The tide turns late.");
            assertThat(answer.json().path("model").asString()).isEqualTo("extractive");
        }
    }

    /// The parts that were open by then are closed.
    @Test
    void aStartThatFailsLeavesNothingBehind() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(Map.of("PORT", String.valueOf(taken.getLocalPort())))).hasMessageContaining(
                    "choose another PORT");
        }
        for (var time = 0; time < 200 && !ownThreads().isEmpty(); time++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(ownThreads()).isEmpty();
    }

    /// One that was told to end may take a moment.
    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith(
                "ingest-") || name.equals("announce")).toList();
    }

    @Test
    void aDocumentThatEndedTheServiceTwiceIsGivenUp() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of())) {
            assertThat(room.port()).isPositive();
        }
        database("INSERT INTO documents (source, title, media_type, size_bytes, content, attempts) VALUES ('late', "
                + "'Bomb', 'text/plain', 20, 'The tide turns late.', 2)");
        try (var room = open(Map.of())) {
            var client = Client.of(room);
            assertThat(settled(client).path("problem").asString()).isEqualTo(
                    "ended the service 2 times while it was read");
            assertThat(client.post("/api/sync/late", "").json().path("reread").asInt()).isEqualTo(1);
            assertThat(settled(client).path("state").asString()).isEqualTo("ready");
        }
    }

    /// Whoever made a document searchable may die before it can say so.
    @Test
    void answersOfBeforeANewDocumentAreDroppedByWhoeverIsThere() throws IOException, InterruptedException,
            SQLException {
        try (var room = open(Map.of())) {
            var client = Client.of(room);
            client.post("/api/documents?title=Tide&source=late", "The tide turns late.", "Content-Type", "text/plain");
            assertThat(settled(client).path("state").asString()).isEqualTo("ready");
            awaitCached(client, true);
            database("UPDATE documents SET announced = false");
            awaitCached(client, false);
        }
    }

    @Test
    void whatWasAskedTooLongAgoForItsReportsIsForgotten() throws IOException, InterruptedException, SQLException {
        try (var room = open(Map.of())) {
            Client.of(room).ask("Long ago?", "late");
        }
        database("UPDATE questions SET asked_at = now() - interval '31 days'");
        try (var room = open(Map.of("QUESTION_DAYS", "30"))) {
            Client.of(room).ask("Just now?", "late");
            for (var time = 0; time < 300 && !questions().equals("Just now?"); time++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(questions()).isEqualTo("Just now?");
        }
    }

    private String questions() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + servers.postgres
                + "/postgres", "postgres", "");
                var session = connection.createStatement();
                var rows = session.executeQuery("SELECT string_agg(text, ',') FROM questions")) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    private static void awaitCached(Client client, boolean wanted) throws IOException, InterruptedException {
        var cached = !wanted;
        for (var time = 0; time < 300 && cached != wanted; time++) {
            TimeUnit.MILLISECONDS.sleep(50);
            cached = client.ask("When does the tide turn?", "late").json().path("cached").asBoolean();
        }
        assertThat(cached).isEqualTo(wanted);
    }

    private void database(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + servers.postgres
                + "/postgres", "postgres", ""); var session = connection.createStatement()) {
            session.execute(statement);
        }
    }

    /// The first document, once it is read.
    private static JsonNode settled(Client client) throws IOException, InterruptedException {
        var document = client.get("/api/documents").json().path("items").path(0);
        for (var time = 0; time < 600 && document.path("state").asString().equals("waiting"); time++) {
            TimeUnit.MILLISECONDS.sleep(50);
            document = client.get("/api/documents").json().path("items").path(0);
        }
        return document;
    }

    private Room open(Map<String, String> environment) throws SQLException, IOException, InterruptedException {
        return Room.open(Settings.of(environment(environment)));
    }

    private Map<String, String> environment(Map<String, String> environment) {
        var all = new HashMap<>(Map.of("DATABASE_URL", servers.databaseUrl(), "API_TOKEN", Client.TOKEN, "PORT", "0",
                "RATE_LIMIT", "0", "DB_POOL_MIN", "1", "DB_POOL_MAX", "4"));
        all.putAll(environment);
        return all;
    }

    private static void awaitActive(Client client) throws IOException, InterruptedException {
        for (var time = 0; time < 200; time++) {
            if (client.get("/metrics").text().contains("http_server_requests_active 1")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("the slow request did not arrive");
    }
}
