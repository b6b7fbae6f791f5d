package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.ingest.Reading;
import dev.plimsoll.sample.search.Embedder;
import dev.plimsoll.sample.search.EmbeddingException;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Document;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.store.Schema;
import dev.plimsoll.sample.text.Format;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose fault it is that a document cannot be read.
class ReadingTest {
    private final Servers servers;
    private final Pool pool;
    private final Documents documents;

    ReadingTest(@TempDir Path directory) throws IOException, InterruptedException, SQLException {
        servers = new Servers(directory).startPostgres();
        var settings = Settings.of(Map.of("DATABASE_URL", servers.databaseUrl()));
        Schema.migrate(settings.migrationUrl());
        pool = Pool.open(settings.database(), settings.pool().sized(1, 1), Optional.empty());
        documents = new Documents(new Database(pool, new SimpleMeterRegistry(), Traces.none()));
    }

    @AfterEach
    void stop() {
        pool.close();
        servers.close();
    }

    private long added() {
        return documents.add("late", "Tide", Format.TEXT, "The tide turns late.".getBytes(StandardCharsets.UTF_8)).id();
    }

    private void read(long document, RuntimeException failure) {
        Embedder broken = texts -> {
            throw failure;
        };
        new Reading(documents, broken, 1000).read(document);
    }

    @Test
    void aReaderThatBreaksIsTheDocumentsFault() {
        var document = added();
        read(document, new ArrayIndexOutOfBoundsException(7));
        assertThat(documents.find(document)).get().extracting(Document::state, Document::problem).containsExactly(
                "failed", Optional.of("cannot be read: its reader failed"));
    }

    @Test
    void anEmbedderThatIsAwayIsNot() {
        var document = added();
        assertThatThrownBy(() -> read(document, new EmbeddingException(new IOException("away")))).isInstanceOf(
                EmbeddingException.class);
        assertThat(documents.waiting()).isEqualTo(List.of(document));
    }
}
