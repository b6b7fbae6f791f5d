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
        assertThatThrownBy(() -> DatabaseUrl.parse("postgres://room:50%Zsecret@db/room"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("%25").hasMessageNotContaining("Z")
                .hasNoCause();
    }

    @Test
    void findsCredentialsBehindTheDatabaseAndShowsThemNeither() {
        var url = DatabaseUrl.parse("postgres://db/room?sslmode=require&user=ann&password=hu%26sh&tcpKeepAlive=true");
        assertThat(url.user()).hasValue("ann");
        assertThat(url.password()).hasValue("hu&sh");
        assertThat(url).hasToString("jdbc:postgresql://db:5432/room?sslmode=require&tcpKeepAlive=true as ann");
        assertThat(DatabaseUrl.parse("postgres://db/room?user=ann").jdbcUrl()).endsWith("/room");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://db/room", "postgres://room:p@ss@db/room", "postgres:///room", "postgres://db",
            "postgres://db/", "", "room"})
    void tellsTheFormWhereThereIsAnother(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgres://USER:PASSWORD@HOST:PORT/DATABASE");
    }
}
