package dev.plimsoll.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Drain drain = new Drain();
    private final RequestMeters meters = new RequestMeters(registry, drain);

    @ParameterizedTest
    @CsvSource({"101,INFORMATIONAL", "204,SUCCESS", "304,REDIRECTION", "429,CLIENT_ERROR", "503,SERVER_ERROR"})
    void aRequestCountsByItsOutcome(int status, String outcome) {
        meters.begin().end("GET", "/api/things/{id}", status);
        assertThat(registry.get("http.server.requests").tags("method", "GET", "uri", "/api/things/{id}", "status",
                String.valueOf(status), "outcome", outcome).timer().count()).isEqualTo(1);
    }

    @Test
    void madeUpMethodsShareASeries() {
        for (var method : new String[]{"GRAB", "get", "HAUL"}) {
            meters.begin().end(method, "UNKNOWN", 404);
        }
        assertThat(registry.get("http.server.requests").timers()).hasSize(1);
        assertThat(registry.get("http.server.requests").tag("method", "OTHER").timer().count()).isEqualTo(3);
    }

    @Test
    void requestsUnderWayAreThoseOfTheDrain() {
        drain.enter();
        assertThat(registry.get("http.server.requests.active").gauge().value()).isEqualTo(1);
    }
}
