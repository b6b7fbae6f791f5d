package dev.plimsoll.spring.web;

import dev.plimsoll.runtime.web.Drain;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/// Requests under way, and those turned away.
public final class FrontMeters implements MeterBinder {
    private final Drain drain;
    private final FrontFilter front;

    public FrontMeters(Drain drain, FrontFilter front) {
        this.drain = drain;
        this.front = front;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("plimsoll.requests.active", drain, Drain::active).register(registry);
        FunctionCounter.builder("plimsoll.requests.refused", front, FrontFilter::drained).tag("reason", "draining")
                .register(registry);
        FunctionCounter.builder("plimsoll.requests.refused", front, FrontFilter::limited).tag("reason", "limit")
                .register(registry);
    }
}
