package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.runtime.telemetry.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpanSenderTest {
    @Test
    void aCollectorGetsTheSpansOfARequest() throws IOException, ExecutionException, InterruptedException,
            TimeoutException {
        var got = new CompletableFuture<JsonNode>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            got.complete(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (var telemetry = Telemetry.open(Optional.of(URI.create("http://127.0.0.1:" + collector.getAddress()
                .getPort() + "/")))) {
            telemetry.traces().request("GET", "/api/documents", header -> Optional.empty(), request -> {
                telemetry.traces().query("document_list", query -> 1);
                Traces.ended(request, 503);
                return 1;
            });
        }
        var spans = got.get(30, TimeUnit.SECONDS).path("resourceSpans").path(0).path("scopeSpans").path(0).path(
                "spans");
        collector.stop(0);
        assertThat(spans.path(0).path("name").asString()).isEqualTo("document_list");
        assertThat(spans.path(0).path("kind").asInt()).isEqualTo(3);
        assertThat(spans.path(0).path("parentSpanId").asString()).isEqualTo(spans.path(1).path("spanId").asString());
        assertThat(spans.path(1).path("kind").asInt()).isEqualTo(2);
        assertThat(spans.path(1).path("status").path("code").asInt()).isEqualTo(2);
        assertThat(spans.path(1).path("traceId").asString()).hasSize(32);
    }
}
