package dev.plimsoll.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Traces traces = new Traces(OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans)).build()).build(), "test");

    @Test
    void stepsOfARequestAreOneTraceThatTheCallerBegan() {
        traces.request("POST", "/ask", header -> header.equals("traceparent")
                ? Optional.of(PARENT)
                : Optional.empty(), request -> traces.cache("answers", cache -> {
                    Traces.hit(cache, false);
                    return traces.query("search", query -> traces.model("chat", "m", model -> 1));
                }));
        var finished = spans.getFinishedSpanItems().reversed();
        assertThat(finished).extracting(SpanData::getName).containsExactly("POST /ask", "cache answers", "search",
                "chat m");
        assertThat(finished).extracting(SpanData::getTraceId).containsOnly(TRACE);
        assertThat(finished.getFirst().getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        for (var inner = 1; inner < finished.size(); inner++) {
            assertThat(finished.get(inner).getParentSpanId()).isEqualTo(finished.get(inner - 1).getSpanId());
        }
        assertThat(finished).extracting(SpanData::getKind).containsExactly(SpanKind.SERVER, SpanKind.INTERNAL,
                SpanKind.CLIENT, SpanKind.CLIENT);
    }

    @Test
    void spansTellWhatTheyAreAboutAsTheConventionsDo() {
        traces.request("POST", "/ask/{id}", header -> Optional.empty(), request -> traces.cache("answers", cache -> {
            Traces.hit(cache, false);
            return traces.query("search", query -> traces.model("chat", "m", model -> 1));
        }));
        assertThat(spans.getFinishedSpanItems().reversed()).extracting(span -> span.getAttributes()
                .toBuilder().build()).containsExactly(
                        Attributes.builder().put("http.request.method", "POST").put("http.route", "/ask/{id}").build(),
                        Attributes.builder().put("cache.name", "answers").put("cache.hit", false).build(),
                        Attributes.builder().put("db.system.name", "postgresql").put("db.query.summary", "search")
                                .build(),
                        Attributes.builder().put("gen_ai.operation.name", "chat").put("gen_ai.request.model", "m")
                                .build());
    }

    @Test
    void linesLoggedWithinCarryTheIdsOfTheInnermostSpan() {
        traces.request("GET", "/", header -> Optional.of(PARENT), request -> {
            traces.query("inner", query -> {
                assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
                assertThat(MDC.get("span_id")).isEqualTo(query.getSpanContext().getSpanId());
                return 1;
            });
            assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
            assertThat(MDC.get("span_id")).isEqualTo(request.getSpanContext().getSpanId());
            return 1;
        });
        assertThat(Optional.ofNullable(MDC.get("trace_id"))).isEmpty();
        assertThat(Optional.ofNullable(MDC.get("span_id"))).isEmpty();
    }

    @Test
    void aTraceOfItsOwnWithinAnotherGivesThatItsIdsBack() throws Exception {
        traces.request("GET", "/outer", name -> Optional.empty(), outer -> {
            var before = Map.of("trace", MDC.get("trace_id"), "span", MDC.get("span_id"));
            traces.request("GET", "/inner", name -> Optional.empty(), inner -> {
                assertThat(MDC.get("trace_id")).isNotEqualTo(before.get("trace"));
                return "";
            });
            assertThat(Map.of("trace", MDC.get("trace_id"), "span", MDC.get("span_id"))).isEqualTo(before);
            return "";
        });
        assertThat(MDC.get("trace_id")).isNull();
    }

    @Test
    void aRequestWithoutAParentBeginsItsOwnTrace() {
        traces.request("GET", "/", header -> Optional.empty(), request -> 1);
        assertThat(spans.getFinishedSpanItems().getFirst().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void theServiceThatIsAskedCanJoinTheTrace() {
        var headers = new HashMap<String, String>();
        traces.request("POST", "/ask", header -> Optional.of(PARENT).filter(any -> header.equals("traceparent")),
                request -> traces.model("chat", "m", model -> {
                    Traces.carry(headers::put);
                    return 1;
                }));
        var asking = spans.getFinishedSpanItems().getFirst();
        assertThat(headers).containsExactly(Map.entry("traceparent", "00-" + TRACE + "-" + asking.getSpanId() + "-01"));
    }

    @Test
    void withoutASpanThereIsNothingToCarry() {
        var headers = new HashMap<String, String>();
        Traces.carry(headers::put);
        Traces.none().query("quiet", query -> {
            Traces.carry(headers::put);
            return 1;
        });
        assertThat(headers).isEmpty();
    }

    @Test
    void aFailureMarksTheSpanAndPasses() {
        assertThatThrownBy(() -> traces.query("broken", query -> {
            throw new IllegalStateException("no such table");
        })).isInstanceOf(IllegalStateException.class);
        var span = spans.getFinishedSpanItems().getFirst();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getEvents()).hasSize(1);
    }

    @Test
    void onlyStatusesFrom500OnAreErrors() {
        for (var status : List.of(200, 404, 500)) {
            traces.request("GET", "/", header -> Optional.empty(), request -> {
                Traces.ended(request, status);
                return status;
            });
        }
        assertThat(spans.getFinishedSpanItems()).extracting(span -> span.getStatus().getStatusCode()).containsExactly(
                StatusCode.UNSET, StatusCode.UNSET, StatusCode.ERROR);
        assertThat(spans.getFinishedSpanItems().getLast().getAttributes().get(AttributeKey.longKey(
                "http.response.status_code"))).isEqualTo(500);
    }

    @Test
    void withoutTelemetryNothingIsPutIntoTheLog() {
        Traces.none().query("quiet", query -> {
            assertThat(Optional.ofNullable(MDC.get("trace_id"))).isEmpty();
            return 1;
        });
    }
}
