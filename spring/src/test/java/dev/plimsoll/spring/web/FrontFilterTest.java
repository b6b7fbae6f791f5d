package dev.plimsoll.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.web.Drain;
import dev.plimsoll.runtime.web.RateLimit;
import dev.plimsoll.runtime.web.RateLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class FrontFilterTest {
    private final Drain drain = new Drain();
    private final FrontFilter front = new FrontFilter(drain, Optional.of(new RateLimits(new RateLimit(2, Duration
            .ofSeconds(1)), 10, () -> 0)), request -> String.valueOf(request.getRemoteAddr()), List.of("/actuator"));

    private MockHttpServletResponse ask(String path) throws Exception {
        var response = new MockHttpServletResponse();
        front.doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response;
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgain() throws Exception {
        assertThat(ask("/a").getHeader("RateLimit-Remaining")).isEqualTo("1");
        assertThat(ask("/a").getStatus()).isEqualTo(200);
        var refused = ask("/a");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getContentType()).isEqualTo("application/problem+json");
        assertThat(refused.getContentAsString()).isEqualTo(
                "{\"status\":429,\"title\":\"Too Many Requests\",\"detail\":\"too many requests\"}");
        assertThat(drain.active()).isZero();
    }

    @Test
    void openPathsAreNeitherLimitedNorDrained() throws Exception {
        drain.drain(Duration.ZERO);
        for (var time = 0; time < 5; time++) {
            assertThat(ask("/actuator/health").getStatus()).isEqualTo(200);
            assertThat(ask("/actuator").getStatus()).isEqualTo(200);
        }
        assertThat(ask("/actuators").getStatus()).isEqualTo(503);
    }

    @Test
    void whileDrainingRequestsAreTurnedAway() throws Exception {
        drain.drain(Duration.ZERO);
        var refused = ask("/a");
        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("5");
        assertThat(refused.getHeader("Connection")).isEqualTo("close");
        assertThat(new DrainHealth(drain).health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void anAsynchronousRequestIsUnderWayUntilItIsComplete() throws Exception {
        var request = new MockHttpServletRequest("GET", "/a");
        request.setAsyncSupported(true);
        front.doFilter(request, new MockHttpServletResponse(), (req, res) -> req.startAsync());
        assertThat(drain.active()).isEqualTo(1);
        Objects.requireNonNull(request.getAsyncContext()).complete();
        assertThat(drain.active()).isZero();
    }

    @Test
    void openPathsAreThoseOfTheApplicationWhereverItIsMounted() throws Exception {
        drain.drain(Duration.ZERO);
        var request = new MockHttpServletRequest("GET", "/shop/actuator/health");
        request.setContextPath("/shop");
        var response = new MockHttpServletResponse();
        front.doFilter(request, response, new MockFilterChain());
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void thoseTurnedAwayAreCountedByTheReason() throws Exception {
        var registry = new SimpleMeterRegistry();
        new FrontMeters(drain, front).bindTo(registry);
        drain.drain(Duration.ZERO);
        ask("/a");
        ask("/b");
        assertThat(registry.get("plimsoll.requests.refused").tag("reason", "draining").functionCounter().count())
                .isEqualTo(2);
        assertThat(registry.get("plimsoll.requests.refused").tag("reason", "limit").functionCounter().count())
                .isZero();
    }

    @Test
    void refusalsAreCounted() throws Exception {
        var registry = new SimpleMeterRegistry();
        new FrontMeters(drain, front).bindTo(registry);
        for (var time = 0; time < 5; time++) {
            ask("/a");
        }
        assertThat(registry.get("plimsoll.requests.refused").tag("reason", "limit").functionCounter().count())
                .isEqualTo(3);
        assertThat(registry.get("plimsoll.requests.active").gauge().value()).isZero();
    }
}
