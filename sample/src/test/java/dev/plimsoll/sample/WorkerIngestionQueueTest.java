package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.runtime.worker.Bounds;
import dev.plimsoll.runtime.worker.Job;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.runtime.worker.Work;
import dev.plimsoll.sample.ingest.Ingestion;
import dev.plimsoll.sample.ingest.WorkerIngestion;
import dev.plimsoll.sample.store.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents that wait for a child, on a machine that has no room for any.
class WorkerIngestionQueueTest {
    private static final Bounds NEVER = new Bounds(100, 100, Memory.ofMegabytes(1 << 20));
    private final Servers servers;
    private final Pool pool;
    private final Database database;
    private final WorkerIngestion ingestion;

    WorkerIngestionQueueTest(@TempDir Path directory) throws IOException, InterruptedException, SQLException {
        servers = new Servers(directory).startPostgres();
        var settings = Settings.of(Map.of("DATABASE_URL", servers.databaseUrl()));
        pool = Pool.open(settings.database(), settings.pool().sized(1, 5), Optional.empty());
        database = new Database(pool, new SimpleMeterRegistry(), Traces.none());
        ingestion = new WorkerIngestion(pool.source(), Nothing.class, 1, 2, Memory.ofMegabytes(96), NEVER, Duration
                .ofSeconds(1), () -> {
                }, (document, reason) -> {
                });
    }

    /// Reads nothing.
    public static final class Nothing implements Work {
        @Override
        public void run(Job job) {
            // There is nothing to do.
        }
    }

    @AfterEach
    void stop() {
        ingestion.close();
        pool.close();
        servers.close();
    }

    @Test
    void noMoreDocumentsWaitThanThereIsRoomFor() {
        assertThat(ingestion.submit(1)).isTrue();
        assertThat(ingestion.submit(2)).isTrue();
        assertThat(ingestion.submit(3)).isFalse();
        assertThat(ingestion.load()).isEqualTo(new Ingestion.Load(2, 0, 2));
    }

    @Test
    void aDocumentThatWasGivenUpIsReadAgainWhenItIsSubmitted() {
        database.update("given_up", "INSERT INTO plimsoll.job_quarantine (kind, job, payload, outcome, message) VALUES "
                + "('read-document', '7', '7', 'killed_memory', '')");
        assertThat(ingestion.submit(7)).isTrue();
        assertThat(ingestion.load().waiting()).isEqualTo(1);
        assertThat(database.query("left", "SELECT job FROM plimsoll.job_quarantine", row -> row.getString(1)))
                .isEmpty();
    }
}
