package dev.plimsoll.spring.web;

import dev.plimsoll.runtime.web.Drain;
import dev.plimsoll.runtime.web.RateLimits;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns requests away while the service ends, and those of clients that ask too often; counts the others.
public final class FrontFilter extends OncePerRequestFilter implements Ordered {
    /// After the filter that measures requests, so that refusals are in its figures.
    private static final int ORDER = HIGHEST_PRECEDENCE + 10;

    private final Drain drain;
    private final Optional<RateLimits> limits;
    private final ClientKey client;
    private final List<String> open;
    private final LongAdder drained = new LongAdder();
    private final LongAdder limited = new LongAdder();

    /// @param open beginnings of paths that are always let through
    public FrontFilter(Drain drain, Optional<RateLimits> limits, ClientKey client, List<String> open) {
        this.drain = drain;
        this.limits = limits;
        this.client = client;
        this.open = List.copyOf(open);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return open.stream().anyMatch(start -> path.equals(start) || path.startsWith(start.endsWith("/")
                ? start
                : start + "/"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!drain.enter()) {
            drained.increment();
            response.setHeader("Connection", "close");
            response.setHeader("Retry-After", "5");
            refuse(response, 503, "Service Unavailable", "the service is shutting down");
            return;
        }
        try {
            if (admitted(request, response)) {
                chain.doFilter(request, response);
            }
        } finally {
            leave(request);
        }
    }

    private boolean admitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (limits.isEmpty()) {
            return true;
        }
        var verdict = limits.get().ask(client.of(request));
        verdict.headers().forEach(response::setHeader);
        if (!verdict.allowed()) {
            limited.increment();
            refuse(response, 429, "Too Many Requests", "too many requests");
        }
        return verdict.allowed();
    }

    private void leave(HttpServletRequest request) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new Leaving());
        } else {
            drain.leave();
        }
    }

    private static void refuse(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.getOutputStream().write("{\"status\":%d,\"title\":\"%s\",\"detail\":\"%s\"}".formatted(status, title,
                detail).getBytes(StandardCharsets.UTF_8));
    }

    /// Requests that were turned away because the service ends.
    long drained() {
        return drained.sum();
    }

    /// Requests of clients that asked too often.
    long limited() {
        return limited.sum();
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    private final class Leaving implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            drain.leave();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // It completes all the same.
        }

        @Override
        public void onError(AsyncEvent event) {
            // It completes all the same.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
