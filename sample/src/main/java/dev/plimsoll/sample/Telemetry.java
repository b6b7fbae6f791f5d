package dev.plimsoll.sample;

import dev.plimsoll.runtime.telemetry.Traces;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.util.Optional;

/// Traces, sent to a collector where one is configured. Without one they still have ids, for the log.
final class Telemetry implements AutoCloseable {
    private final OpenTelemetrySdk sdk;
    private final Traces traces;

    private Telemetry(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        traces = new Traces(sdk, "dev.plimsoll.sample");
    }

    /// @param collector base of OTLP over HTTP, such as `http://otel-collector:4318`
    static Telemetry open(Optional<URI> collector) {
        var provider = SdkTracerProvider.builder().setResource(Resource.getDefault().toBuilder().put("service.name",
                "reading-room").build());
        collector.ifPresent(base -> provider.addSpanProcessor(BatchSpanProcessor.builder(new SpanSender(URI.create(base
                .toString().replaceFirst("/+$", "") + "/v1/traces"))).build()));
        return new Telemetry(OpenTelemetrySdk.builder().setTracerProvider(provider.build()).build());
    }

    Traces traces() {
        return traces;
    }

    @Override
    public void close() {
        sdk.close();
    }
}
