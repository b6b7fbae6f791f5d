package dev.plimsoll.sample.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.runtime.web.RateLimits;
import dev.plimsoll.sample.store.Tokens;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Lets in who has a valid token and does not ask too often.
public final class Guard {
    /// A token revoked by another process of the service works here for this long.
    private static final Duration TRUST = Duration.ofSeconds(30);
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final String BEARER = "bearer ";

    private final Tokens tokens;
    private final Optional<RateLimits> limits;
    private final Cache<String, Long> trusted = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(TRUST)
            .build();

    /// Tokens that were valid the last time.
    private final Cache<String, Long> remembered = Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(MEMORY)
            .build();

    public Guard(Tokens tokens, Optional<RateLimits> limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    /// @return header fields for the client
    Map<String, String> admit(Route route, Call call) {
        if (route.open()) {
            return Map.of();
        }
        var secret = call.header("Authorization").filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER
                .length())).map(text -> text.substring(BEARER.length()).strip());
        var known = secret.flatMap(text -> Optional.ofNullable(trusted.getIfPresent(text)));
        if (known.isEmpty() && secret.filter(text -> remembered.getIfPresent(text) != null).isEmpty()) {
            // The address is counted first, so that guessing tokens is slow and cannot keep the database busy. Whoever
            // guesses through a proxy shuts out nobody there whose token was valid before.
            limited(call.address());
        }
        var token = known.or(() -> secret.flatMap(this::checked)).orElseThrow(() -> new Refusal(401,
                "send a valid token, as in Authorization: Bearer rr_...", Map.of("WWW-Authenticate", "Bearer")));
        return limited("token " + token);
    }

    private Map<String, String> limited(String client) {
        if (limits.isEmpty()) {
            return Map.of();
        }
        var verdict = limits.get().ask(client);
        if (!verdict.allowed()) {
            throw new Refusal(429, "too many requests", verdict.headers());
        }
        return verdict.headers();
    }

    private Optional<Long> checked(String secret) {
        var found = tokens.check(secret);
        found.ifPresentOrElse(id -> {
            trusted.put(secret, id);
            remembered.put(secret, id);
        }, () -> remembered.invalidate(secret));
        return found;
    }

    /// Asks the database anew for every token.
    void forget() {
        trusted.invalidateAll();
    }
}
