package dev.plimsoll.sample.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// API tokens. Only their SHA-256 is kept: a token is 256 random bits, which a slow hash would not protect better.
public final class Tokens {
    /// Name of the token that the operator chose.
    public static final String CHOSEN = "API_TOKEN";

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    public Tokens(Database database) {
        this.database = database;
    }

    public record Token(long id, String name, Instant createdAt) {}

    /// @param secret shown once
    public record Fresh(long id, String name, String secret) {}

    public Fresh create(String name) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var secret = "rr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var id = database.first("token_add", "INSERT INTO tokens (name, hash) VALUES (?, ?) RETURNING id", row -> row
                .getLong(1), name, hash(secret)).orElseThrow();
        return new Fresh(id, name, secret);
    }

    /// Makes a token valid that the operator chose, in place of the one before, which may be chosen again later:
    /// only one that was revoked stays so.
    public void ensure(String name, String secret) {
        var hash = hash(secret);
        database.transaction("token_ensure", session -> {
            session.update("DELETE FROM tokens WHERE name = ? AND hash <> ? AND revoked_at IS NULL", name, hash);
            return session.update("INSERT INTO tokens (name, hash) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", name,
                    hash);
        });
    }

    public boolean any() {
        return database.first("token_any", "SELECT 1 FROM tokens WHERE revoked_at IS NULL LIMIT 1", row -> true)
                .isPresent();
    }

    public List<Token> list() {
        return database.query("token_list", "SELECT id, name, created_at FROM tokens WHERE revoked_at IS NULL ORDER BY "
                + "id",
                row -> new Token(row.getLong(1), row.getString(2), row.getObject(3, OffsetDateTime.class)
                        .toInstant()));
    }

    /// The id of a valid token.
    public Optional<Long> check(String secret) {
        return database.first("token_check", "SELECT id FROM tokens WHERE hash = ? AND revoked_at IS NULL", row -> row
                .getLong(1), hash(secret));
    }

    public boolean revoke(long id) {
        return database.update("token_revoke", "UPDATE tokens SET revoked_at = now() WHERE id = ? AND revoked_at IS "
                + "NULL", id) > 0;
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
