package dev.plimsoll.sample.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.runtime.web.RateLimit;
import dev.plimsoll.runtime.web.RateLimits;
import dev.plimsoll.sample.Servers;
import dev.plimsoll.sample.Settings;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Schema;
import dev.plimsoll.sample.store.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who comes through one proxy has one address.
class GuardTest {
    private static final String GOOD = "a-token-that-is-valid";

    /// A call with a token.
    private record WithToken(String token) implements Call {
        @Override
        public Optional<String> header(String name) {
            return name.equals("Authorization") ? Optional.of("Bearer " + token) : Optional.empty();
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.empty();
        }

        @Override
        public String path(String name) {
            return "";
        }

        @Override
        public byte[] body(int most) {
            return new byte[0];
        }

        @Override
        public InputStream stream(int most) {
            return InputStream.nullInputStream();
        }

        @Override
        public String address() {
            return "10.0.0.1";
        }
    }

    @Test
    void whoGuessesTokensShutsOutNobodyWhoseTokenWasValidBefore(@TempDir Path directory) throws Exception {
        try (var servers = new Servers(directory).startPostgres()) {
            var settings = Settings.of(Map.of("DATABASE_URL", servers.databaseUrl()));
            Schema.migrate(settings.migrationUrl());
            try (var pool = Pool.open(settings.database(), settings.pool().sized(1, 3), Optional.empty())) {
                var tokens = new Tokens(new Database(pool, new SimpleMeterRegistry(), Traces.none()));
                tokens.ensure("test", GOOD);
                var guard = new Guard(tokens, Optional.of(new RateLimits(RateLimit.perSecond(1, 3), 100)));
                var route = Route.guarded("GET", "/", _ -> Reply.ok(""));
                guard.admit(route, new WithToken(GOOD));
                assertThatThrownBy(() -> {
                    for (var guess = 0; guess < 10; guess++) {
                        try {
                            guard.admit(route, new WithToken("guess " + guess));
                        } catch (Refusal refused) {
                            if (refused.status() != 401) {
                                throw refused;
                            }
                        }
                    }
                }).isInstanceOfSatisfying(Refusal.class, refused -> assertThat(refused.status()).isEqualTo(429));
                guard.forget();
                assertThat(guard.admit(route, new WithToken(GOOD))).isNotEmpty();
            }
        }
    }
}
