package dev.plimsoll.runtime.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Spans around the steps of a request, named as OpenTelemetry's semantic conventions name them. While a span is open,
/// every line that its thread logs carries `trace_id` and `span_id`.
public final class Traces {
    private static final String TRACE = "trace_id";
    private static final String SPAN = "span_id";
    private static final Caller CALLER = new Caller();
    private static final TextMapSetter<BiConsumer<String, String>> CALLED = (header, name, value) -> {
        if (header != null) {
            header.accept(name, value);
        }
    };

    private final Tracer tracer;

    public Traces(OpenTelemetry telemetry, String scope) {
        tracer = telemetry.getTracer(scope);
    }

    /// Spans that nobody sees.
    public static Traces none() {
        return new Traces(OpenTelemetry.noop(), "none");
    }

    /// A step.
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run(Span span) throws E;
    }

    /// A request from outside, which joins the caller's trace where its `traceparent` header names one (W3C Trace
    /// Context).
    ///
    /// @param route with parameters in braces
    public <T, E extends Exception> T request(String method, String route, Function<String, Optional<String>> header,
            Work<T, E> work) throws E {
        var caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), header, CALLER);
        return traced(tracer.spanBuilder(method + " " + route).setSpanKind(SpanKind.SERVER).setParent(caller)
                .setAttribute("http.request.method", method).setAttribute("http.route", route).startSpan(), work);
    }

    /// A look into a cache. The work tells what it found with [#hit].
    public <T, E extends Exception> T cache(String name, Work<T, E> work) throws E {
        return traced(tracer.spanBuilder("cache " + name).setAttribute("cache.name", name).startSpan(), work);
    }

    public static void hit(Span span, boolean hit) {
        span.setAttribute("cache.hit", hit);
    }

    /// A statement or transaction.
    ///
    /// @param summary a name of few values, such as `search_words`; never the statement with its values
    public <T, E extends Exception> T query(String summary, Work<T, E> work) throws E {
        return traced(tracer.spanBuilder(summary).setSpanKind(SpanKind.CLIENT).setAttribute("db.system.name",
                "postgresql").setAttribute("db.query.summary", summary).startSpan(), work);
    }

    /// A call of a model.
    ///
    /// @param operation `chat` or `embeddings`
    public <T, E extends Exception> T model(String operation, String model, Work<T, E> work) throws E {
        return traced(tracer.spanBuilder(operation + " " + model).setSpanKind(SpanKind.CLIENT).setAttribute(
                "gen_ai.operation.name", operation).setAttribute("gen_ai.request.model", model).startSpan(), work);
    }

    /// Notes how a request ended: the status of the response, an error from 500 on.
    public static void ended(Span span, int status) {
        span.setAttribute(AttributeKey.longKey("http.response.status_code"), status);
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    /// Puts the open span into the headers of a request to another service, which can then join the trace (W3C Trace
    /// Context). Without a span there are none.
    public static void carry(BiConsumer<String, String> header) {
        W3CTraceContextPropagator.getInstance().inject(Context.current(), header, CALLED);
    }

    private static <T, E extends Exception> T traced(Span span, Work<T, E> work) throws E {
        var context = span.getSpanContext();
        var outerSpan = Optional.ofNullable(MDC.get(SPAN));
        var outerTrace = Optional.ofNullable(MDC.get(TRACE));
        var scope = span.makeCurrent();
        try {
            if (context.isValid()) {
                MDC.put(TRACE, context.getTraceId());
                MDC.put(SPAN, context.getSpanId());
            }
            return work.run(span);
        } catch (Throwable failure) {
            span.recordException(failure).setStatus(StatusCode.ERROR);
            throw failure;
        } finally {
            restore(SPAN, outerSpan);
            restore(TRACE, outerTrace);
            scope.close();
            span.end();
        }
    }

    private static void restore(String name, Optional<String> outer) {
        outer.ifPresentOrElse(id -> MDC.put(name, id), () -> MDC.remove(name));
    }

    private static final class Caller implements TextMapGetter<Function<String, Optional<String>>> {
        @Override
        public Iterable<String> keys(Function<String, Optional<String>> header) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Function<String, Optional<String>> header, String key) {
            return header == null ? null : header.apply(key).orElse(null);
        }
    }
}
