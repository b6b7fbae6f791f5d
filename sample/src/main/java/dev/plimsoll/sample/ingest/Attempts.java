package dev.plimsoll.sample.ingest;

import dev.plimsoll.sample.store.DatabaseException;
import dev.plimsoll.sample.store.Documents;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/// Readings in this process, counted before they begin: a document that ended the process is read once more, and then
/// given up, as it would end each process that comes after.
public final class Attempts {
    private static final int MOST = 2;

    private final Documents documents;
    private final LongConsumer reading;
    private final Set<Long> open = ConcurrentHashMap.newKeySet();

    /// @param reading throws only what is not the document's fault
    public Attempts(Documents documents, LongConsumer reading) {
        this.documents = documents;
        this.reading = reading;
    }

    void read(long document) {
        var attempt = documents.attempt(document).orElse(1);
        if (attempt > MOST) {
            documents.failed(document, "ended the service " + MOST + " times while it was read");
            return;
        }
        open.add(document);
        try {
            reading.accept(document);
        } catch (RuntimeException passing) {
            forgive(document, passing);
            throw passing;
        } finally {
            open.remove(document);
        }
    }

    private void forgive(long document, RuntimeException passing) {
        try {
            documents.forgive(document);
        } catch (DatabaseException away) {
            passing.addSuppressed(away);
        }
    }

    /// Takes back the counts of what is still being read: the process ends for another reason.
    void forgiveOpen() {
        open.forEach(documents::forgive);
    }
}
