package dev.plimsoll.sample;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Sends spans as OTLP 1.x in JSON over the JDK's HTTP client. OpenTelemetry's own exporter brings another HTTP client
/// and Kotlin's library, more than half of the service's own weight.
final class SpanSender implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(SpanSender.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI target;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    SpanSender(URI target) {
        this.target = target;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var request = HttpRequest.newBuilder(target).timeout(PATIENCE).header("Content-Type", "application/json").POST(
                HttpRequest.BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(message(spans)))).build();
        var result = new CompletableResultCode();
        var _ = client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((response,
                failure) -> {
            if (failure == null && response.statusCode() == 200) {
                result.succeed();
            } else {
                LOG.debug("{} spans are lost", spans.size(), failure);
                result.fail();
            }
        });
        return result;
    }

    static Map<String, Object> message(Collection<SpanData> spans) {
        return Map.of("resourceSpans", List.of(Map.of("resource", Map.of("attributes", List.of(attribute("service.name",
                "reading-room"))), "scopeSpans", List.of(Map.of("scope", Map.of("name", "dev.plimsoll.sample"), "spans",
                        spans.stream().map(SpanSender::span).toList())))));
    }

    private static Map<String, Object> span(SpanData span) {
        var attributes = new ArrayList<Map<String, Object>>();
        span.getAttributes().forEach((key, value) -> attributes.add(attribute(key.getKey(), value)));
        return Map.of("traceId", span.getTraceId(), "spanId", span.getSpanId(), "parentSpanId", span
                .getParentSpanContext().isValid() ? span.getParentSpanId() : "", "name", span.getName(), "kind",
                kind(span.getKind()),
                "startTimeUnixNano", String.valueOf(span.getStartEpochNanos()),
                "endTimeUnixNano", String.valueOf(span.getEndEpochNanos()), "attributes", attributes, "status", Map.of(
                        "code", status(span.getStatus().getStatusCode())));
    }

    /// `SpanKind` of OTLP's trace.proto.
    private static int kind(SpanKind kind) {
        return switch (kind) {
            case INTERNAL -> 1;
            case SERVER -> 2;
            case CLIENT -> 3;
            case PRODUCER -> 4;
            case CONSUMER -> 5;
        };
    }

    /// `StatusCode` of OTLP's trace.proto.
    private static int status(StatusCode code) {
        return switch (code) {
            case UNSET -> 0;
            case OK -> 1;
            case ERROR -> 2;
        };
    }

    private static Map<String, Object> attribute(String key, Object value) {
        return Map.of("key", key, "value", switch (value) {
            case Boolean truth -> Map.of("boolValue", truth);
            case Long number -> Map.of("intValue", String.valueOf(number));
            default -> Map.of("stringValue", String.valueOf(value));
        });
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
