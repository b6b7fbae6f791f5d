package dev.plimsoll.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.observe.Question.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTest {
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;

    HttpTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/good", exchange -> {
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("here".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/absent", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.createContext("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("begun".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private Answer get(String path) {
        try (var http = new Http(Duration.ofSeconds(1))) {
            return http.get("127.0.0.1", server.getAddress().getPort(), path);
        }
    }

    @Test
    void givesTheBodyOfASuccess() {
        assertThat(get("/good")).isEqualTo(new Answer.Text("here"));
        assertThat(get("/absent")).isEqualTo(new Answer.None("HTTP status 404"));
    }

    @Test
    void aBodyThatStallsIsNoAnswer() {
        assertThat(get("/stalls")).isEqualTo(Answer.None.ofSilence("no end of the answer after 1 s"));
    }
}
