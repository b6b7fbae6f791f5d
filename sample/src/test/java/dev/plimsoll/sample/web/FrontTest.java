package dev.plimsoll.sample.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.runtime.web.Drain;
import dev.plimsoll.sample.Servers;
import dev.plimsoll.sample.Settings;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Tokens;
import io.helidon.webserver.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The web server as clients meet it who do not keep to HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: here\r\n";
    private static final String ALIVE = "GET /alive" + HEAD + "\r\n";

    private final Semaphore bodies = new Semaphore(1);
    private final Connections connections = new Connections(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final Servers servers;
    private final Pool pool;
    private final WebServer server;

    FrontTest(@TempDir Path directory) throws IOException, InterruptedException, SQLException {
        servers = new Servers(directory).startPostgres();
        var settings = Settings.of(Map.of("DATABASE_URL", servers.databaseUrl()));
        pool = Pool.open(settings.database(), settings.pool().sized(1, 1), Optional.empty());
        var metrics = new SimpleMeterRegistry();
        var guard = new Guard(new Tokens(new Database(pool, metrics, Traces.none())), Optional.empty());
        server = new Front(List.of(Route.open("/alive", _ -> Reply.text("text/plain", "alive")), new Route("POST",
                "/body", true, this::taken)), guard, new Drain(), metrics, Traces.none(), connections).start(
                        "127.0.0.1", 0);
    }

    private Reply taken(Call call) throws IOException, InterruptedException {
        bodies.acquire();
        try {
            return Reply.text("text/plain", "took " + call.body(1024).length);
        } finally {
            bodies.release();
        }
    }

    @AfterAll
    void stop() {
        server.stop();
        connections.close();
        pool.close();
        servers.close();
    }

    private Socket sending(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /// All that comes until the server closes the connection.
    private String answers(String text) throws IOException {
        try (var socket = sending(text)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET", "GET /alive HTTP/1.1\r\nHost: he"})
    void whoDoesNotFinishAHeadIsCutOff(String begun) throws IOException {
        assertThat(answers(begun)).doesNotContain("200");
    }

    @Test
    void whoKeepsAConnectionWithoutAskingIsCutOff() throws IOException {
        assertThat(answers(ALIVE + ALIVE)).containsSubsequence("200 OK", "alive", "200 OK", "alive");
        assertThat(connections.size()).isLessThan(20);
    }

    @Test
    void soManyConnectionsAreOpenAtMost() throws IOException, InterruptedException {
        var sockets = new ArrayList<Socket>();
        var most = 0;
        try {
            for (var count = 0; count < Connections.MOST + 200; count++) {
                sockets.add(sending(""));
                most = Math.max(most, connections.size());
            }
            for (var time = 0; time < 10; time++) {
                Thread.sleep(20);
                most = Math.max(most, connections.size());
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        assertThat(most).isLessThanOrEqualTo(Connections.MOST);
        assertThat(answers(ALIVE)).contains("alive");
    }

    @Test
    void aBodyThatStopsComingIsWaitedForNoLonger() throws IOException {
        assertThat(answers("POST /body" + HEAD + "Content-Length: 50\r\n\r\nabc")).doesNotContain("200");
        assertThat(answers("POST /body" + HEAD + "Content-Length: 3\r\n\r\nabc")).contains("took 3");
    }

    @Test
    void headIsAnsweredWithoutABody() throws IOException {
        var answers = answers("HEAD /alive" + HEAD + "\r\n" + "HEAD /nowhere" + HEAD + "\r\n" + ALIVE);
        assertThat(answers.split("HTTP/1.1 ")).hasSize(4).satisfies(parts -> {
            assertThat(parts[1]).startsWith("200").containsIgnoringCase("content-length: 5").endsWith("\r\n\r\n");
            assertThat(parts[2]).startsWith("404").endsWith("\r\n\r\n");
            assertThat(parts[3]).startsWith("200").endsWith("alive");
        });
    }

    @Test
    void anotherMethodIsToldTheOnesThereAre() throws IOException {
        assertThat(answers("DELETE /alive" + HEAD + "\r\n")).startsWith("HTTP/1.1 405").containsIgnoringCase(
                "\r\nallow: get, head\r\n");
        assertThat(answers("GET /body" + HEAD + "\r\n")).startsWith("HTTP/1.1 405").containsIgnoringCase(
                "\r\nallow: post\r\n");
    }

    /// What a proxy takes for the body of one request must not be another here.
    @ParameterizedTest
    @ValueSource(strings = {
            "Content-Length: 2\r\nContent-Length: 60\r\n\r\nab", "Content-Length: -1\r\n\r\nab",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-5\r\nab\r\n0\r\n\r\n"})
    void whereABodyEndsIsPlainOrTheConnectionIsClosed(String request) throws IOException {
        var answers = answers("POST /body" + HEAD + request + ALIVE);
        assertThat(answers).doesNotContain("alive", "HTTP/1.1 5");
    }
}
