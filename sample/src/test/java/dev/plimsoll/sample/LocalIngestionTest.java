package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.ingest.Attempts;
import dev.plimsoll.sample.ingest.Backlog;
import dev.plimsoll.sample.ingest.Ingestion;
import dev.plimsoll.sample.ingest.LocalIngestion;
import dev.plimsoll.sample.search.HashingEmbedder;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.store.Schema;
import dev.plimsoll.sample.text.Format;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// How many wait, and whose fault it is that a reading ended.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalIngestionTest {
    private final Servers servers;
    private final Pool pool;
    private final Documents documents;

    LocalIngestionTest(@TempDir Path directory) throws IOException, InterruptedException, SQLException {
        servers = new Servers(directory).startPostgres();
        var settings = Settings.of(Map.of("DATABASE_URL", servers.databaseUrl()));
        Schema.migrate(settings.migrationUrl());
        pool = Pool.open(settings.database(), settings.pool().sized(1, 3), Optional.empty());
        documents = new Documents(new Database(pool, new SimpleMeterRegistry(), Traces.none()));
    }

    @AfterAll
    void stop() {
        pool.close();
        servers.close();
    }

    private long added() {
        return documents.add("late", "Tide", Format.TEXT, "The tide turns late.".getBytes(StandardCharsets.UTF_8)).id();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void aReadingThatFailsForAnotherReasonIsNotCounted() {
        var document = added();
        try (var ingestion = new LocalIngestion(1, 1, Duration.ofSeconds(20), new Attempts(documents, read -> {
            throw new IllegalStateException("the embedder is away");
        }))) {
            assertThat(ingestion.submit(document)).isTrue();
        }
        assertThat(documents.attempt(document)).contains(1);
    }

    /// Of a service that runs in several copies.
    @Test
    void whatAnotherCopyReadsIsLeftToIt() {
        var document = added();
        assertThat(documents.attempt(document)).contains(1);
        assertThat(documents.attempt(document)).isEmpty();
        documents.forgive(document);
        assertThat(documents.attempt(document)).contains(1);
        documents.failed(document, "cannot be read");
        documents.ready(document, new Documents.Read(List.of("The tide turns."), List.of(new HashingEmbedder().embed(
                "The tide turns."))));
        documents.failed(document, "came late");
        assertThat(documents.find(document)).hasValueSatisfying(found -> {
            assertThat(found.state()).isEqualTo("ready");
            assertThat(found.problem()).isEmpty();
        });
    }

    @Test
    void moreThanTheQueueHoldsIsReadInTheEndEachOnce() throws InterruptedException {
        var read = new CopyOnWriteArrayList<Long>();
        var waiting = List.of(added(), added(), added(), added());
        try (var ingestion = new LocalIngestion(1, 1, Duration.ofSeconds(20), new Attempts(documents, document -> {
            read.add(document);
            documents.failed(document, "read");
        })); var _ = Backlog.open(documents, ingestion)) {
            for (var time = 0; time < 600 && !read.containsAll(waiting); time++) {
                Thread.sleep(50);
            }
        }
        assertThat(read).containsAll(waiting).doesNotHaveDuplicates();
    }

    @Test
    void aDocumentIsNotTakenTwiceAtATime() {
        var read = new CopyOnWriteArrayList<Long>();
        var goOn = new CountDownLatch(1);
        var document = added();
        try (var ingestion = new LocalIngestion(1, 5, Duration.ofSeconds(20), new Attempts(documents, id -> {
            read.add(id);
            await(goOn);
        }))) {
            assertThat(ingestion.submit(document)).isTrue();
            assertThat(ingestion.submit(document)).isTrue();
            assertThat(ingestion.load().waiting()).isZero();
            goOn.countDown();
        }
        assertThat(read).containsExactly(document);
    }

    @Test
    void whatIsReadWhenTheServiceEndsIsNotCountedAndWhatWaitsIsLeft() {
        var read = new CopyOnWriteArrayList<Long>();
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var first = added();
        var second = added();
        var ingestion = new LocalIngestion(1, 1, Duration.ZERO, new Attempts(documents, document -> {
            read.add(document);
            reading.countDown();
            await(goOn);
        }));
        assertThat(ingestion.submit(first)).isTrue();
        await(reading);
        assertThat(ingestion.submit(second)).isTrue();
        assertThat(ingestion.load()).isEqualTo(new Ingestion.Load(1, 1, 1));
        assertThat(ingestion.submit(added())).as("no more can wait").isFalse();
        ingestion.close();
        assertThat(ingestion.load().waiting()).isZero();
        assertThat(ingestion.submit(added())).as("read after the next start").isTrue();
        assertThat(documents.attempt(first)).contains(1);
        goOn.countDown();
        assertThat(read).isEqualTo(List.of(first));
    }
}
