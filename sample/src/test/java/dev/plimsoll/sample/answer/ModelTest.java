package dev.plimsoll.sample.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.runtime.semantic.LocalEntryStore;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.Settings;
import dev.plimsoll.sample.search.EmbeddingException;
import dev.plimsoll.sample.search.HashingEmbedder;
import dev.plimsoll.sample.search.Passage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An endpoint that speaks OpenAI's protocol, played by a small server.
class ModelTest {
    private static final List<Passage> PASSAGES = List.of(new Passage(7, "Moths", 0, "The hawk moth drinks nectar.",
            0.8));

    private final HttpServer server;
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<JsonNode> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> parents = new ConcurrentLinkedQueue<>();
    private final Endpoint endpoint;

    ModelTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent")).ifPresent(parents::add);
            var authorized = "Bearer key".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var reply = Optional.ofNullable(replies.get(exchange.getRequestURI().getPath())).filter(any -> authorized);
            var bytes = reply.orElse("").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.isPresent() ? 200 : 500, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        endpoint = new Endpoint(new Settings.Model(URI.create("http://127.0.0.1:" + server.getAddress().getPort()
                + "/v1/"), Optional.of("key"), "small", Optional.of("embedder")), Traces.none());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theModelWritesFromThePassagesAndTheirDocumentsAreCited() {
        replies.put("/v1/chat/completions", "{\"choices\": [{\"message\": {\"content\": \" Nectar [1]. \"}}]}");
        var answer = new ModelWriter(endpoint, new ExtractiveWriter()).write("What does the hawk moth drink?",
                PASSAGES);
        assertThat(answer.text()).isEqualTo("Nectar [1].");
        assertThat(answer.model()).isEqualTo("small");
        assertThat(answer.documents()).containsExactly(7L);
        assertThat(asked.element().toString()).contains("[1] The hawk moth drinks nectar.", "\"model\":\"small\"");
    }

    @Test
    void whenTheModelFailsTheAnswerIsExtractiveAndSaysSo() {
        for (var reply : List.of("", "no JSON", "{\"choices\": []}")) {
            replies.put("/v1/chat/completions", reply);
            var answer = new ModelWriter(endpoint, new ExtractiveWriter()).write("What does the hawk moth drink?",
                    PASSAGES);
            assertThat(answer.model()).isEqualTo("extractive");
            assertThat(answer.text()).isEqualTo("The hawk moth drinks nectar.");
        }
    }

    /// None of them is an exception of I/O.
    @Test
    void anEndpointThatCannotBeAskedIsOneThatFails() {
        for (var base : List.of(URI.create("ollama://models/v1"), URI.create("models"))) {
            var wrong = new Endpoint(new Settings.Model(base, Optional.empty(), "small", Optional.of("embedder")),
                    Traces
                            .none());
            assertThat(new ModelWriter(wrong, new ExtractiveWriter()).write("What does the hawk moth drink?", PASSAGES)
                    .model()).isEqualTo("extractive");
            assertThatThrownBy(() -> new ModelEmbedder(wrong, "embedder").embed(List.of("one"))).isInstanceOf(
                    EmbeddingException.class);
        }
        replies.put("/v1/embeddings", "{\"data\": [{\"embedding\": [\"far\"]}]}");
        assertThatThrownBy(() -> new ModelEmbedder(endpoint, "embedder").embed(List.of("one"))).isInstanceOf(
                EmbeddingException.class);
        replies.put("/v1/chat/completions", "{\"choices\": [{\"message\": {\"content\": {}}}]}");
        assertThat(new ModelWriter(endpoint, new ExtractiveWriter()).write("What does the hawk moth drink?", PASSAGES)
                .model()).isEqualTo("extractive");
    }

    @Test
    void theModelIsNotAskedWhenNothingWasFound() {
        assertThat(new ModelWriter(endpoint, new ExtractiveWriter()).write("Anything?", List.of()).confidence())
                .isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void vectorsPointWhereTheModelSays() {
        replies.put("/v1/embeddings", "{\"data\": [{\"embedding\": [0.5, 0.0]}, {\"embedding\": [0.0, -2.0]}]}");
        var vectors = new ModelEmbedder(endpoint, "embedder").embed(List.of("one", "two"));
        assertThat(vectors.get(0).cosine(vectors.get(1))).isZero();
        assertThat(vectors.get(1).floats()).containsExactly(0, -127);
    }

    @Test
    void manyTextsAreSentInParts() {
        var data = IntStream.range(0, 64).mapToObj(number -> "{\"embedding\": [1]}").collect(Collectors.joining(","));
        replies.put("/v1/embeddings", "{\"data\": [" + data + "]}");
        assertThat(new ModelEmbedder(endpoint, "embedder").embed(IntStream.range(0, 128).mapToObj(String::valueOf)
                .toList())).hasSize(128);
        assertThat(asked).hasSize(2);
    }

    @Test
    void anEmbedderThatFailsIsNotReplacedByAnother() {
        replies.put("/v1/embeddings", "{\"data\": []}");
        assertThatThrownBy(() -> new ModelEmbedder(endpoint, "embedder").embed(List.of("one"))).isInstanceOf(
                EmbeddingException.class).hasMessageContaining("0 vectors for 1 texts");
    }

    @Test
    void theModelsServerLearnsTheTraceOfTheRequest() {
        replies.put("/v1/chat/completions", "{\"choices\": [{\"message\": {\"content\": \"Nectar [1].\"}}]}");
        var traces = new Traces(OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().build())
                .build(), "test");
        var writer = new ModelWriter(new Endpoint(endpoint.model(), traces), new ExtractiveWriter());
        var trace = traces.request("POST", "/api/questions", header -> Optional.empty(), span -> {
            writer.write("What does the hawk moth drink?", PASSAGES);
            return span.getSpanContext();
        });
        assertThat(parents).singleElement().asString().startsWith("00-" + trace.getTraceId() + "-")
                .doesNotContain(trace.getSpanId());
    }

    /// The headers come at once, and the body never.
    @Test
    void anAnswerThatStallsIsNotWaitedFor() throws IOException {
        var stalled = new CountDownLatch(1);
        server.createContext("/v1/stalled", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                stalled.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        var impatient = new Endpoint(endpoint.model(), Traces.none(), Duration.ofMillis(300));
        assertThatThrownBy(() -> impatient.post("stalled", "chat", "small", Map.of())).isInstanceOf(IOException.class)
                .hasMessageContaining("no answer within 300 ms");
        stalled.countDown();
    }

    @Test
    void onlyWhatTheModelWroteIsKept() {
        try (var answers = new MeaningAnswers(new LocalGenerations(), new byte[32], () -> new LocalEntryStore(1 << 20),
                "small embedder", "small", new SimpleMeterRegistry(), Traces.none())) {
            var vector = new HashingEmbedder().embed("What does the hawk moth drink?");
            var writer = new ModelWriter(endpoint, new ExtractiveWriter());
            Supplier<Asking.Reply> ask = () -> answers.get("", "What does the hawk moth drink?", vector,
                    () -> writer.write("What does the hawk moth drink?", PASSAGES));
            assertThat(ask.get().answer().model()).isEqualTo("extractive");
            replies.put("/v1/chat/completions", "{\"choices\": [{\"message\": {\"content\": \"Nectar [1].\"}}]}");
            assertThat(ask.get()).extracting(reply -> reply.answer().model(), Asking.Reply::cached).containsExactly(
                    "small", false);
            replies.clear();
            assertThat(ask.get()).extracting(reply -> reply.answer().text(), Asking.Reply::cached).containsExactly(
                    "Nectar [1].", true);
        }
    }
}
