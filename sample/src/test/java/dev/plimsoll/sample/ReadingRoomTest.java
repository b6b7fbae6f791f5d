package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The service as its clients see it, on a real database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingRoomTest {
    private final Servers servers;
    private final Room room;
    private final Client client;

    ReadingRoomTest(@TempDir Path directory) throws IOException, InterruptedException, SQLException {
        servers = new Servers(directory).startPostgres();
        room = Room.open(Settings.of(Map.of("DATABASE_URL", servers.databaseUrl(), "API_TOKEN", Client.TOKEN, "PORT",
                "0", "RATE_LIMIT", "0", "DB_POOL_MIN", "2", "DB_POOL_MAX", "5", "UPLOAD_LIMIT_MB", "1")));
        client = Client.of(room);
    }

    @BeforeAll
    void uploads() throws IOException, InterruptedException {
        upload("Moths", "nature", "text/html", "<nav>Home</nav><h1>Moths</h1><p>The hawk moth drinks nectar at dusk."
                + "</p><p>The silk moth has no mouth and never eats.</p><script>track()</script>");
        upload("Lamps", "house", "text/plain", "Every lighthouse keeper trims the wick at noon.\n\n"
                + "The lamp burns colza oil.");
    }

    @AfterAll
    void stops() {
        room.close();
        servers.close();
    }

    @Test
    void answersWithSentencesOfTheDocumentsAndNamesThem() throws IOException, InterruptedException {
        var answer = client.ask("What drinks nectar at dusk?", "nature").json();
        assertThat(answer.path("answer").asString()).contains("The hawk moth drinks nectar at dusk.");
        assertThat(answer.path("model").asString()).isEqualTo("extractive");
        assertThat(answer.path("citations").path(0).path("title").asString()).isEqualTo("Moths");
        assertThat(answer.path("citations").path(0).path("quote").asString()).doesNotContain("track");
    }

    @Test
    void doesNotAnswerFromAnotherSource() throws IOException, InterruptedException {
        var answer = client.ask("What drinks nectar at dusk?", "house").json();
        assertThat(answer.path("confidence").asDouble()).isZero();
        assertThat(answer.path("citations")).isEmpty();
    }

    @Test
    void findsMisspeltWordsWhereTheServerHasTrigrams() throws IOException, InterruptedException, SQLException {
        try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + servers.postgres
                + "/postgres", "postgres", "");
                var rows = connection.createStatement().executeQuery(
                        "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")) {
            assumeTrue(rows.next(), "the server has no pg_trgm");
        }
        assertThat(client.ask("lighthose keeppers", "").json().path("answer").asString()).contains(
                "trims the wick at noon");
    }

    @Test
    void givesTheSameQuestionTheSameAnswerUntilItsSourceIsSynced() throws IOException, InterruptedException {
        assertThat(client.ask("Does the silk moth eat?", "nature").json().path("cached").asBoolean()).isFalse();
        assertThat(client.ask("does the silk moth eat", "nature").json().path("cached").asBoolean()).isTrue();
        assertThat(client.post("/api/sync/nature", "").json().path("confirmed").asBoolean()).isTrue();
        assertThat(client.ask("Does the silk moth eat?", "nature").json().path("cached").asBoolean()).isFalse();
    }

    @Test
    void givesNoAnswerFromADocumentThatWasRemoved() throws IOException, InterruptedException {
        upload("Tide", "shore", "text/plain", "The tide turns late.");
        assertThat(client.ask("When does the tide turn?", "shore").json().path("citations")).isNotEmpty();
        assertThat(client.ask("When does the tide turn?", "").json().path("citations")).isNotEmpty();
        var documents = client.get("/api/documents?limit=500").json().path("items");
        for (var document : documents) {
            if (document.path("source").asString().equals("shore")) {
                assertThat(client.delete("/api/documents/" + document.path("id").asLong()).status()).isEqualTo(200);
            }
        }
        for (var source : List.of("shore", "")) {
            assertThat(client.ask("When does the tide turn?", source).json().path("citations").toString())
                    .doesNotContain("The tide turns late");
        }
    }

    @Test
    void aBodyWithoutAnAnnouncedLengthMayBeAsLargeAsAnother() throws IOException, InterruptedException {
        assertThat(chunked(1024 * 1024)).isEqualTo(202);
        assertThat(chunked(1024 * 1024 + 1)).isEqualTo(413);
    }

    private int chunked(int bytes) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + room.port()
                + "/api/documents?title=Chunks&source=chunks")).header("Authorization", "Bearer " + Client.TOKEN)
                .header(
                        "Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("a".repeat(bytes).getBytes(StandardCharsets.UTF_8))))
                .build();
        return client.http().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void readsBooksInTheOrderOfTheirSpine() throws IOException, InterruptedException {
        upload("Voyage", "books", "application/epub+zip", epub());
        var answer = client.ask("Who kept the chronometer?", "books").json();
        assertThat(answer.path("answer").asString()).contains("The second mate kept the chronometer.");
    }

    @Test
    void saysWhyADocumentCannotBeRead() throws IOException, InterruptedException {
        var id = client.post("/api/documents?title=Broken&source=bad", "no archive", "Content-Type",
                "application/epub+zip").json().path("id").asLong();
        var document = settled(id);
        assertThat(document.path("state").asString()).isEqualTo("failed");
        assertThat(document.path("problem").asString()).contains("META-INF/container.xml");
        assertThat(client.post("/api/sync/bad", "").json().path("reread").asInt()).isEqualTo(1);
    }

    @Test
    void textThatTheDatabaseCannotHoldFailsInsteadOfWaiting() throws IOException, InterruptedException {
        var id = client.post("/api/documents?title=Nul&source=bad", "a\0b", "Content-Type", "text/plain").json().path(
                "id").asLong();
        assertThat(settled(id).path("problem").asString()).contains("NUL");
    }

    @Test
    void refusesUploadsThatAreTooLargeOrOfAnotherFormat() throws IOException, InterruptedException {
        var large = client.post("/api/documents?title=Large", new byte[1024 * 1024 + 1], "Content-Type", "text/plain");
        assertThat(large.status()).isEqualTo(413);
        assertThat(client.post("/api/documents?title=Picture", "x", "Content-Type", "image/png").status())
                .isEqualTo(415);
        assertThat(client.post("/api/documents", "x", "Content-Type", "text/plain").status()).isEqualTo(400);
    }

    @Test
    void listsDocumentsPageByPage() throws IOException, InterruptedException {
        var first = client.get("/api/documents?limit=1").json();
        var second = client.get("/api/documents?limit=1&after=" + first.path("next").asString()).json();
        assertThat(second.path("items").path(0).path("id").asLong()).isGreaterThan(first.path("items").path(0).path(
                "id").asLong());
    }

    @Test
    void bothWaysOfPagingShowTheSameMessages() throws IOException, InterruptedException {
        var id = client.post("/api/conversations", "{\"title\": \"Moths\"}").json().path("id").asLong();
        var path = "/api/conversations/" + id + "/messages";
        for (var time = 0; time < 3; time++) {
            assertThat(client.post(path, "{\"question\": \"What drinks nectar? " + time + "\"}").status()).isEqualTo(
                    201);
        }
        var byKey = new StringBuilder();
        var after = "";
        for (var page = 0; page < 3; page++) {
            var found = client.get(path + "?limit=2" + after).json();
            found.path("items").forEach(message -> byKey.append(message.path("id").asLong()).append(' '));
            after = "&after=" + found.path("next").asString("");
        }
        var byNumber = new StringBuilder();
        for (var page = 0; page < 3; page++) {
            client.get(path + "?limit=2&page=" + page).json().path("items").forEach(message -> byNumber.append(message
                    .path("id").asLong()).append(' '));
        }
        assertThat(byKey.toString().split(" ")).hasSize(6);
        assertThat(byKey).hasToString(byNumber.toString());
        assertThat(client.get(path + "?after=nonsense").status()).isEqualTo(400);
        assertThat(client.get("/api/conversations/999999/messages").status()).isEqualTo(404);
    }

    @Test
    void reportsGapsAndImpactAndKeepsThemUntilASync() throws IOException, InterruptedException {
        client.ask("How are submarines refuelled?", "harbour");
        assertThat(client.get("/api/reports/gaps?source=harbour").text()).contains("submarines");
        client.ask("How are zeppelins moored?", "harbour");
        assertThat(client.get("/api/reports/gaps?source=harbour").text()).doesNotContain("zeppelins");
        client.post("/api/sync/harbour", "");
        assertThat(client.get("/api/reports/gaps?source=harbour").text()).contains("zeppelins");
        client.ask("Who trims the wick?", "house");
        client.post("/api/sync/house", "");
        assertThat(client.get("/api/reports/impact?source=house").json().path(0).path("title").asString()).isEqualTo(
                "Lamps");
    }

    @Test
    void letsInNobodyWithoutAValidToken() throws IOException, InterruptedException {
        assertThat(client.with("").get("/api/documents").status()).isEqualTo(401);
        assertThat(client.with("wrong").get("/api/documents").header("WWW-Authenticate")).isEqualTo("Bearer");
        var fresh = client.post("/api/tokens", "{\"name\": \"guest\"}").json();
        var guest = client.with(fresh.path("secret").asString());
        assertThat(guest.get("/api/documents").status()).isEqualTo(200);
        assertThat(client.get("/api/tokens").text()).contains("guest").doesNotContain(fresh.path("secret").asString());
        client.delete("/api/tokens/" + fresh.path("id").asLong());
        assertThat(guest.get("/api/documents").status()).isEqualTo(401);
    }

    @Test
    void aTokensNameIsAsLongAsDescribedAndNotTheOperators() throws IOException, InterruptedException {
        assertThat(client.get("/openapi.yaml").text()).contains("{ name: { type: string, maxLength: 80 } }");
        assertThat(named("n".repeat(80)).status()).isEqualTo(201);
        assertThat(named("n".repeat(81)).status()).isEqualTo(400);
        assertThat(named("API_TOKEN").json().path("detail").asString()).contains("the operator chose");
    }

    private Client.Got named(String token) throws IOException, InterruptedException {
        return client.post("/api/tokens", "{\"name\": \"" + token + "\"}");
    }

    @Test
    void healthMetricsAndDescriptionAreOpen() throws IOException, InterruptedException {
        var anyone = client.with("");
        assertThat(anyone.get("/api/health").json().path("state").asString()).isEqualTo("UP");
        assertThat(anyone.get("/api/health/live").status()).isEqualTo(200);
        assertThat(anyone.get("/openapi.yaml").text()).startsWith("openapi: 3.1.0");
        client.get("/api/documents");
        assertThat(anyone.get("/metrics").text()).contains("http_server_requests_seconds_bucket{",
                "uri=\"/api/documents\"", "http_server_requests_active", "db_query_duration_seconds_bucket{",
                "hikaricp_connections_pending", "cache_gets_total{", "workers_queued",
                "process_resident_memory_bytes", "process_start_time_seconds");
    }

    @Test
    void methodsThatClientsMakeUpShareOneSeries() throws IOException, InterruptedException {
        for (var method : List.of("FROB", "FROB1", "FROB2")) {
            assertThat(client.send(method, "/elsewhere").status()).isEqualTo(404);
        }
        assertThat(client.get("/metrics").text()).contains("method=\"OTHER\"").doesNotContain("FROB");
    }

    @Test
    void everyRouteIsDescribed() throws IOException, InterruptedException {
        var text = client.get("/openapi.yaml").text();
        var described = new HashSet<String>();
        text.lines().filter(line -> line.startsWith("  /")).forEach(line -> described.add(line.strip().replace(":",
                "")));
        assertThat(described).containsExactlyInAnyOrderElementsOf(new HashSet<>(room.paths()));
    }

    @Test
    void packsLongAnswersForWhoAsks() throws IOException, InterruptedException {
        var packed = client.get("/metrics", "Accept-Encoding", "gzip");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed.response().body()))) {
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).contains("jvm_memory_used_bytes");
        }
        assertThat(client.get("/metrics").header("Content-Encoding")).isEmpty();
    }

    @Test
    void tellsWhatIsWrongWithARequest() throws IOException, InterruptedException {
        assertThat(client.post("/api/questions", "nonsense").json().path("detail").asString()).contains("JSON");
        assertThat(client.post("/api/questions", "{}").status()).isEqualTo(400);
        assertThat(client.get("/api/documents?limit=0").json().path("detail").asString()).contains("from 1 to 500");
        assertThat(client.get("/elsewhere").status()).isEqualTo(404);
        assertThat(client.get("/api/documents/none").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"[] | it is an object", "7 | it is an object",
            "{\"question\": []} | `question` is a text", "{\"question\": {}, \"source\": 1} | `question` is a text",
            "{\"question\": \"Who?\", \"source\": [1]} | `source` is a text",
            "{\"question\": | is not JSON at line 1, column 13", "{\"a\": nonsense} | is not JSON at line 1"})
    void aBodyOfAnotherShapeIsToldWhatIsExpectedAndNoNameOfAClass(String body, String expected) throws IOException,
            InterruptedException {
        var refused = client.post("/api/questions", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString()).contains(expected).doesNotContain(
                "dev.plimsoll", "java.", "Json");
    }

    @Test
    void deepBodiesAreRefusedWithoutNamesOfClasses() throws IOException, InterruptedException {
        var refused = client.post("/api/questions", "{\"a\": " + "[".repeat(2_000));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString()).startsWith("the body is not")
                .doesNotContain("Constraints");
    }

    @Test
    void lengthsCountCharactersAsTheDescriptionDoes() throws IOException, InterruptedException {
        var moth = "\uD83E\uDD8B";
        assertThat(client.post("/api/conversations", "{\"title\": \"" + moth.repeat(300) + "\"}").status()).isEqualTo(
                201);
        assertThat(client.post("/api/conversations", "{\"title\": \"" + moth.repeat(301) + "\"}").status()).isEqualTo(
                400);
        assertThat(client.ask(moth.repeat(2000), moth.repeat(60)).status()).isEqualTo(200);
        assertThat(client.ask("Who?", moth.repeat(61)).status()).isEqualTo(400);
    }

    private void upload(String title, String source, String type, String text) throws IOException,
            InterruptedException {
        upload(title, source, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private void upload(String title, String source, String type, byte[] content) throws IOException,
            InterruptedException {
        var got = client.post("/api/documents?title=" + title + "&source=" + source, content, "Content-Type", type);
        assertThat(got.status()).isEqualTo(202);
        assertThat(settled(got.json().path("id").asLong()).path("state").asString()).isEqualTo("ready");
    }

    private JsonNode settled(long id) throws IOException, InterruptedException {
        for (var time = 0; time < 600; time++) {
            var document = client.get("/api/documents/" + id).json();
            if (!document.path("state").asString().equals("waiting")) {
                return document;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("document " + id + " still waits after 30 s");
    }

    private static byte[] epub() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            entry(zip, "mimetype", "application/epub+zip");
            entry(zip, "META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/>"
                    + "</rootfiles></container>");
            entry(zip, "OEBPS/book.opf", "<package><manifest><item id=\"b\" href=\"two.xhtml\"/><item id=\"a\" "
                    + "href=\"one.xhtml\"/></manifest><spine><itemref idref=\"a\"/><itemref idref=\"b\"/></spine>"
                    + "</package>");
            entry(zip, "OEBPS/two.xhtml", "<html><body><p>The second mate kept the chronometer.</p></body></html>");
            entry(zip, "OEBPS/one.xhtml", "<html><body><p>The voyage began in spring.</p></body></html>");
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
