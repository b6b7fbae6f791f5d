package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.pool.PoolSettings;
import dev.plimsoll.runtime.worker.Bounds;
import dev.plimsoll.runtime.worker.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String DATABASE = "postgres://room:hush@db/room";

    @Test
    void defaultsArePinned() {
        var settings = Settings.of(Map.of("DATABASE_URL", DATABASE));
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.pool()).isEqualTo(PoolSettings.PLAN);
        assertThat(settings.pool().minimum()).isEqualTo(10);
        assertThat(settings.pool().maximum()).isEqualTo(30);
        assertThat(settings.migrationUrl()).isEqualTo(settings.database());
        assertThat(settings.rate()).isEqualTo(50);
        assertThat(settings.uploadLimit()).isEqualTo(10 * 1024 * 1024);
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.bounds()).isEqualTo(new Bounds(90, 100, Memory.ofMegabytes(64)));
        assertThat(settings.model()).isEmpty();
    }

    @Test
    void theBoundsOfTheMachineCanBeSet() {
        assertThat(Settings.of(Map.of("DATABASE_URL", DATABASE, "INGEST_MAX_MEMORY_PERCENT", "80",
                "INGEST_MAX_CPU_PERCENT", "95", "INGEST_MIN_FREE_MB", "256")).bounds()).isEqualTo(new Bounds(80, 95,
                        Memory.ofMegabytes(256)));
    }

    @Test
    void eachSettingCanBeSet() {
        var all = new HashMap<>(
                Map.of("DATABASE_URL", DATABASE, "MIGRATION_DATABASE_URL", "postgres://room:hush@direct/x",
                        "HOST", "0.0.0.0", "PORT", "81", "REDIS_URL", "redis://cache:6379", "API_TOKEN",
                        "a-token-for-tests",
                        "RATE_LIMIT",
                        "7", "UPLOAD_LIMIT_MB", "3"));
        all.putAll(Map.of("INGEST_WORKERS", "2", "INGEST_CHILD_MB", "96", "INGEST_QUEUE", "9", "DRAIN_SECONDS", "4",
                "DB_POOL_MIN", "1", "DB_POOL_MAX", "6", "DB_POOL_WAIT_MS", "800", "DB_STATEMENTS", "unnamed"));
        all.putAll(Map.of("OPENAI_BASE_URL", "HTTP://models:1/v1", "OPENAI_API_KEY", "key", "MODEL", "small",
                "EMBEDDING_MODEL", "embedder", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"));
        var settings = Settings.of(all);
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(81);
        assertThat(settings.migrationUrl().jdbcUrl()).isEqualTo("jdbc:postgresql://direct:5432/x");
        assertThat(settings.redis()).contains(URI.create("redis://cache:6379"));
        assertThat(settings.apiToken()).contains("a-token-for-tests");
        assertThat(settings.rate()).isEqualTo(7);
        assertThat(settings.uploadLimit()).isEqualTo(3 * 1024 * 1024);
        assertThat(settings.workers()).isEqualTo(2);
        assertThat(settings.childMegabytes()).isEqualTo(96);
        assertThat(settings.queue()).isEqualTo(9);
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.pool()).isEqualTo(PoolSettings.PLAN.sized(1, 6).waiting(Duration.ofMillis(800)).preparing(
                PoolSettings.Statements.UNNAMED));
        assertThat(settings.model()).contains(new Settings.Model(URI.create("HTTP://models:1/v1"), Optional.of("key"),
                "small", Optional.of("embedder")));
        assertThat(settings.collector()).contains(URI.create("http://collector:4318"));
    }

    @ParameterizedTest
    @CsvSource({"PORT,eighty", "PORT,70000", "DB_POOL_MAX,0", "RATE_LIMIT,-1", "INGEST_MAX_CPU_PERCENT,0",
            "DB_STATEMENTS,sometimes",
            "REDIS_URL,localhost", "DATABASE_URL,mysql://x/y", "OPENAI_BASE_URL,http://127.0.0.1/v1",
            "INGEST_CHILD_MB,10", "REDIS_URL,http://:hush@localhost", "REDIS_URL,redis://:hush@h/abc",
            "REDIS_URL,redis://:hu^sh@h", "REDIS_URL,redis://:hush@h:notaport", "HOST,nosuch.invalid",
            "HOST,192.0.2.1", "OPENAI_BASE_URL,ollama://x", "OTEL_EXPORTER_OTLP_ENDPOINT,ftp://x",
            "API_TOKEN,hush-hush-hush", "SEED_DOCUMENTS,many"})
    void aWrongSettingEndsTheServiceWithItsNameAndARemedy(String name, String value) throws InterruptedException {
        var errors = new ByteArrayOutputStream();
        var environment = new HashMap<>(Map.of("DATABASE_URL", DATABASE, "PORT", "0"));
        environment.put(name, value);
        assertThat(Main.run(List.of(), environment, new PrintStream(errors, true, StandardCharsets.UTF_8))).isEqualTo(
                2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("reading-room: " + (value
                .endsWith("/v1") ? "MODEL" : name) + ": ").contains("\nhelp: ").doesNotContain("hush", "sh@", "\tat ");
    }

    @Test
    void aPortThatIsTakenIsAWrongSetting() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var errors = new ByteArrayOutputStream();
            assertThat(Main.run(List.of(), Map.of("DATABASE_URL", DATABASE, "PORT", String.valueOf(taken
                    .getLocalPort())), new PrintStream(errors, true, StandardCharsets.UTF_8))).isEqualTo(2);
            assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("reading-room: PORT: ").contains("help: ");
        }
    }

    @Test
    void thePortOfTheHealthCommandIsReadAsTheServices() throws InterruptedException {
        for (var port : List.of("eighty", "70000")) {
            assertThat(health(port)).as(port).isEqualTo(2);
        }
        for (var port : List.of(" 1 ", "")) {
            assertThat(health(port)).as(port).isNotEqualTo(2);
        }
        assertThat(Settings.port(Map.of("PORT", ""))).isEqualTo(8080);
        assertThat(Settings.port(Map.of("PORT", "81 "))).isEqualTo(81);
    }

    private static int health(String port) throws InterruptedException {
        return Main.run(List.of("health"), Map.of("PORT", port), new PrintStream(OutputStream.nullOutputStream(), true,
                StandardCharsets.UTF_8));
    }

    @Test
    void whatIsSetToNothingIsNotSet() throws InterruptedException {
        var away = Map.of("DATABASE_URL", "postgres://room:hush@127.0.0.1:1/room", "SEED_DOCUMENTS", "", "REDIS_URL",
                " ", "PORT", "0", "API_TOKEN", "");
        assertThat(Main.run(List.of(), away, new PrintStream(OutputStream.nullOutputStream(), true,
                StandardCharsets.UTF_8))).isEqualTo(3);
    }

    @Test
    void aKeyThatCannotBeSentIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> Settings.of(Map.of("DATABASE_URL", DATABASE, "OPENAI_BASE_URL", "http://models",
                "MODEL", "small", "OPENAI_API_KEY", "hush\nhush"))).isInstanceOf(SettingException.class)
                .hasMessageStartingWith("OPENAI_API_KEY: ").hasMessageNotContaining("hush");
    }

    @Test
    void theUsualMinimumOfThePoolIsNoMoreThanItsMaximum() {
        assertThat(Settings.of(Map.of("DATABASE_URL", DATABASE, "DB_POOL_MAX", "5")).pool()).isEqualTo(PoolSettings.PLAN
                .sized(5, 5));
    }

    @Test
    void aPoolIsAtLeastAsLargeAsItsMinimum() {
        assertThat(Settings.of(Map.of("DATABASE_URL", DATABASE, "DB_POOL_MIN", "40")).pool().maximum()).isEqualTo(40);
        assertThatThrownBy(() -> Settings.of(Map.of("DATABASE_URL", DATABASE, "DB_POOL_MIN", "9", "DB_POOL_MAX",
                "5"))).isInstanceOf(SettingException.class).hasMessageContaining("from 9 to");
    }

    @Test
    void aMissingDatabaseEndsItWithAnotherCode() throws InterruptedException {
        var errors = new ByteArrayOutputStream();
        assertThat(Main.run(List.of(), Map.of("DATABASE_URL", "postgres://room:hush@127.0.0.1:1/room", "PORT", "0"),
                new PrintStream(errors, true, StandardCharsets.UTF_8))).isEqualTo(3);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("help: ").doesNotContain("hush", "\tat ");
    }
}
