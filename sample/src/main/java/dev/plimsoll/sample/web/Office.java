package dev.plimsoll.sample.web;

import dev.plimsoll.runtime.web.Health;
import dev.plimsoll.sample.store.Tokens;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What operators ask for: health, metrics, tokens, the description of the interface.
public final class Office {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final int LONGEST_NAME = 80;

    /// Tells the service's health, at no more cost however many ask.
    @FunctionalInterface
    public interface Checkup {
        Health ask() throws InterruptedException;
    }

    private final Checkup checkup;
    private final BooleanSupplier draining;
    private final PrometheusMeterRegistry metrics;
    private final Tokens tokens;
    private final Guard guard;

    public Office(Checkup checkup, BooleanSupplier draining, PrometheusMeterRegistry metrics, Tokens tokens,
            Guard guard) {
        this.checkup = checkup;
        this.draining = draining;
        this.metrics = metrics;
        this.tokens = tokens;
        this.guard = guard;
    }

    record Name(Optional<String> name) {}

    record Life(String state) {}

    public List<Route> routes() {
        return List.of(Route.open("/api/health", call -> health()),
                Route.open("/api/health/live", call -> Reply.ok(new Life("UP"))),
                Route.open("/metrics", call -> Reply.text(PROMETHEUS, metrics.scrape())),
                Route.open("/openapi.yaml", call -> Reply.text("application/yaml", description())),
                Route.guarded("GET", "/api/tokens", call -> Reply.ok(tokens.list())),
                Route.guarded("POST", "/api/tokens", this::create),
                Route.guarded("DELETE", "/api/tokens/{id}", this::revoke));
    }

    private Reply health() throws InterruptedException {
        if (draining.getAsBoolean()) {
            return new Reply(503, new Life("DRAINING"));
        }
        var health = checkup.ask();
        return new Reply(health.ready() ? 200 : 503, health);
    }

    private Reply create(Call call) throws IOException {
        var name = Texts.text(Json.read(call, Name.class).name().orElse(""), LONGEST_NAME);
        if (name.equals(Tokens.CHOSEN)) {
            throw new Refusal(400, "`" + name + "` is the name of the token that the operator chose");
        }
        return Reply.created(tokens.create(name));
    }

    private Reply revoke(Call call) {
        if (!tokens.revoke(call.id())) {
            throw new Refusal(404, "there is no token " + call.id());
        }
        guard.forget();
        return Reply.ok(new Life("REVOKED"));
    }

    private static String description() {
        try (var stream = Office.class.getResourceAsStream("/openapi.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("openapi.yaml is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
