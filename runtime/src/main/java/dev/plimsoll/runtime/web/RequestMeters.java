package dev.plimsoll.runtime.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;

/// Requests as `http.server.requests`, with the tags that frameworks give it and alert rules ask for, and how many are
/// under way. For services whose web server does not measure itself.
public final class RequestMeters {
    /// Few, because each is a series for every route; none is a whole number of seconds, which clients and servers
    /// spell differently.
    private static final Duration[] BOUNDS = {Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
            Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(2500), Duration.ofMillis(7500)};
    /// Methods with series of their own. A client may send any word, and each would be a series for ever.
    private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private final MeterRegistry registry;

    /// @param drain counts the requests under way
    public RequestMeters(MeterRegistry registry, Drain drain) {
        this.registry = registry;
        Gauge.builder("http.server.requests.active", drain, Drain::active).description("Requests under way").register(
                registry);
    }

    /// A request under way.
    public final class Running {
        private final Timer.Sample sample = Timer.start(registry);

        private Running() {}

        /// @param method as the client sent it
        /// @param route with parameters in braces; one word for all that has no route, as each is a series
        /// @param status of the response
        public void end(String method, String route, int status) {
            sample.stop(Timer.builder("http.server.requests").description("Time of a request").tag("method", METHODS
                    .contains(method) ? method : "OTHER").tag("uri", route).tag("status", String.valueOf(status)).tag(
                            "outcome", outcome(status))
                    .serviceLevelObjectives(BOUNDS).register(registry));
        }
    }

    public Running begin() {
        return new Running();
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            default -> "SERVER_ERROR";
        };
    }
}
