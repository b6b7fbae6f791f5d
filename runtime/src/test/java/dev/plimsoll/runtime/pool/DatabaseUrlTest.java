package dev.plimsoll.runtime.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"postgres://room:s%40cret+1@db:6432/room?sslmode=require",
            "postgresql+asyncpg://room:s%40cret+1@db:6432/room?sslmode=require"})
    void readsTheFormsThatStacksUse(String text) {
        var url = DatabaseUrl.parse(text);
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db:6432/room?sslmode=require");
        assertThat(url.user()).hasValue("room");
        assertThat(url.password()).hasValue("s@cret+1");
    }

    @Test
    void takesThePortAndTheCredentialsAsGiven() {
        assertThat(DatabaseUrl.parse("postgresql://db/room")).isEqualTo(new DatabaseUrl(
                "jdbc:postgresql://db:5432/room", Optional.empty(), Optional.empty()));
    }

    @Test
    void takesNamesThatStacksMayGiveTheirServices() {
        assertThat(DatabaseUrl.parse("postgres://room@my_db:5432/room").jdbcUrl()).isEqualTo(
                "jdbc:postgresql://my_db:5432/room");
        assertThat(DatabaseUrl.parse("postgres://room@[::1]/room").jdbcUrl()).isEqualTo(
                "jdbc:postgresql://[::1]:5432/room");
    }

    @Test
    void neverShowsThePassword() {
        assertThat(DatabaseUrl.parse("postgres://room:hush@db/room")).hasToString(
                "jdbc:postgresql://db:5432/room as room");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgres://room:hush hush@db/room"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://db/room", "postgres://room:p@ss@db/room", "postgres:///room", "postgres://db",
            "postgres://db/", "", "room"})
    void tellsTheFormWhereThereIsAnother(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgres://USER:PASSWORD@HOST:PORT/DATABASE");
    }
}
