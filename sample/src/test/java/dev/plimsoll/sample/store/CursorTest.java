package dev.plimsoll.sample.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void isReadAsItWasWritten() {
        var cursor = new Cursor(Instant.parse("2026-03-01T12:00:00.123456Z"), 7);
        assertThat(Cursor.parse(cursor.toString())).contains(cursor);
        assertThat(Cursor.parse(Cursor.START.toString())).contains(Cursor.START);
    }

    /// Those a client made up, such as with times that no database holds.
    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z/1", "+300000-01-01T00:00:00Z/1", "-9999-01-01T00:00:00Z/1",
            "2026-03-01/1", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z/99999999999999999999", ""})
    void othersAreNone(String text) {
        assertThat(Cursor.parse(Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
        assertThat(Cursor.parse("%" + text)).isEmpty();
    }
}
