package dev.plimsoll.runtime.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class QueryMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final QueryMeters meters = new QueryMeters(registry);

    @Test
    void statementsAreTimedByName() {
        assertThat(meters.timed("search_words", () -> 7)).isEqualTo(7);
        assertThat(registry.get("db.query.duration").tag("query", "search_words").timer().count()).isEqualTo(1);
    }

    @Test
    void oneThatFailsIsTimedToo() {
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> meters.timed("search_words", () -> {
            throw new SQLException("no");
        }));
        assertThat(registry.get("db.query.duration").tag("query", "search_words").timer().count()).isEqualTo(1);
    }
}
