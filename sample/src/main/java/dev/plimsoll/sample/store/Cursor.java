package dev.plimsoll.sample.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// The last row of a page: where the next one begins. Opaque to clients.
public record Cursor(Instant createdAt, long id) {
    /// Before all rows; a timestamp that PostgreSQL can hold.
    public static final Cursor START = new Cursor(Instant.EPOCH, 0);

    /// A client may have made one up, and PostgreSQL does not hold every instant.
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    public static Optional<Cursor> parse(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("/", 2);
            return parts.length < 2
                    ? Optional.empty()
                    : Optional.of(new Cursor(Instant.parse(parts[0]), Long.parseLong(parts[1])))
                            .filter(cursor -> !cursor
                                    .createdAt().isBefore(START.createdAt()) && cursor.createdAt().isBefore(END));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((createdAt + "/" + id).getBytes(
                StandardCharsets.US_ASCII));
    }
}
