package dev.plimsoll.sample.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.Servers;
import dev.plimsoll.sample.Settings;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.store.Schema;
import dev.plimsoll.sample.text.Format;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {
    /// Longer than a claim lasts, by a clock that is set.
    @Test
    void aClaimIsRenewedWhileTheDocumentIsRead(@TempDir Path directory) throws Exception {
        try (var servers = new Servers(directory).startPostgres()) {
            var settings = Settings.of(Map.of("DATABASE_URL", servers.databaseUrl()));
            Schema.migrate(settings.migrationUrl());
            try (var pool = Pool.open(settings.database(), settings.pool().sized(1, 3), Optional.empty())) {
                var database = new Database(pool, new SimpleMeterRegistry(), Traces.none());
                var documents = new Documents(database);
                var id = documents.add("late", "Tide", Format.TEXT, "Late.".getBytes(StandardCharsets.UTF_8)).id();
                var renewed = new AtomicBoolean();
                try (var attempts = new Attempts(documents, document -> {
                    database.update("age",
                            "UPDATE documents SET claimed_until = now() + interval '5 seconds' WHERE id = ?",
                            document);
                    renewed.set(isRenewed(database, document));
                }, Duration.ofMillis(50))) {
                    attempts.read(id);
                }
                assertThat(renewed).isTrue();
            }
        }
    }

    private static boolean isRenewed(Database database, long document) {
        for (var time = 0; time < 100; time++) {
            if (database.first("renewed", "SELECT 1 FROM documents WHERE id = ? AND claimed_until > now() + "
                    + "interval '20 seconds'", row -> row.getInt(1), document).isPresent()) {
                return true;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        return false;
    }
}
