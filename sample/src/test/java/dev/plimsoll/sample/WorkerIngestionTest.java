package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The service as a process of its own, which reads documents in children with a ceiling.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerIngestionTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final int MEGABYTE = 1 << 20;

    private final Servers servers;
    private final Process service;
    private final Client client;

    WorkerIngestionTest(@TempDir Path directory) throws IOException, InterruptedException {
        servers = new Servers(directory).startPostgres();
        var port = freePort();
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), Main.class.getName());
        builder.environment().put("DATABASE_URL", servers.databaseUrl());
        builder.environment().put("API_TOKEN", Client.TOKEN);
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("INGEST_CHILD_MB", "96");
        builder.environment().put("UPLOAD_LIMIT_MB", "40");
        // Another collector than the children choose: they must not see it, as a JVM that is given two does not start.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC");
        service = builder.redirectErrorStream(true).redirectOutput(directory.resolve("service.log").toFile()).start();
        client = new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, Client.TOKEN);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    void stops() throws InterruptedException {
        service.destroy();
        service.waitFor(60, TimeUnit.SECONDS);
        service.destroyForcibly();
        servers.close();
    }

    private void awaitService() throws InterruptedException {
        var until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                if (client.get("/api/health").status() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                assertThat(service.isAlive()).isTrue();
            }
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(200);
        }
    }

    private long upload(String title, byte[] text) throws IOException, InterruptedException {
        var got = client.post("/api/documents?source=papers&title=" + title, text, "Content-Type", "text/plain");
        assertThat(got.status()).isEqualTo(202);
        return got.json().path("id").asLong();
    }

    private Client.Got read(long id) throws IOException, InterruptedException {
        var until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            var got = client.get("/api/documents/" + id);
            var state = got.json().path("state").asString();
            if (state.equals("ready") || state.equals("failed") || System.nanoTime() > until) {
                return got;
            }
            Thread.sleep(200);
        }
    }

    /// Both as in the stack that ships.
    @Test
    void aTextOfTheLargestSizeIsReadUnderTheCeiling() throws IOException, InterruptedException {
        awaitService();
        var sentence = "The keeper of lighthouse %06d trims its wick at noon and winds the clockwork before dusk.\n\n";
        var text = IntStream.range(0, 3 * MEGABYTE / 90).mapToObj(sentence::formatted).collect(Collectors.joining());
        var got = read(upload("keepers", text.getBytes(StandardCharsets.UTF_8)));
        assertThat(got.json().path("state").asString()).as(got.json().toString()).isEqualTo("ready");
    }

    @Test
    void aDocumentThatSwellsFailsAndTheNextOneIsRead() throws IOException, InterruptedException {
        awaitService();
        var paragraph = "The keeper of the light wrote down the weather, and every ship that passed.\n\n";
        var huge = upload("Huge",
                paragraph.repeat(32 * MEGABYTE / paragraph.length()).getBytes(StandardCharsets.UTF_8));
        var small = upload("Small", "The lamp burns colza oil.".getBytes(StandardCharsets.UTF_8));
        var failed = read(huge);
        assertThat(failed.json().path("state").asString()).isEqualTo("failed");
        assertThat(failed.json().path("problem").asString()).contains("more memory than a reader may take");
        assertThat(read(small).json().path("state").asString()).isEqualTo("ready");
        assertThat(client.ask("What does the lamp burn?", "papers").json().path("answer").asString())
                .contains("colza oil");
        assertThat(client.get("/api/health").json().path("state").asString()).isEqualTo("UP");
        assertThat(client.get("/metrics").text()).contains("plimsoll_jobs_seconds_count{kind=\"read-document\","
                + "outcome=\"done\"}", "plimsoll_children_busy", "plimsoll_semantic_lookups_total{cache=\"answers\",")
                .doesNotContain("plimsoll_queue_depth");
    }
}
