package dev.plimsoll.sample.ingest;

import dev.plimsoll.sample.store.DatabaseException;
import dev.plimsoll.sample.store.Documents;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Readings in this process, counted before they begin: a document that ended the process is read once more, and then
/// given up, as it would end each process that comes after.
public final class Attempts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final int MOST = 2;
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private final Documents documents;
    private final LongConsumer reading;
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .daemon().name("claims").factory());

    /// @param reading throws only what is not the document's fault
    public Attempts(Documents documents, LongConsumer reading) {
        this(documents, reading, RENEWAL);
    }

    /// @param renewal time between two renewals of claims
    Attempts(Documents documents, LongConsumer reading, Duration renewal) {
        this.documents = documents;
        this.reading = reading;
        var _ = renewing.scheduleWithFixedDelay(this::renew, renewal.toMillis(), renewal.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            if (!open.isEmpty()) {
                documents.keepClaims(open);
            }
        } catch (DatabaseException away) {
            LOG.warn("claims on documents are not renewed; another copy of the service may read them too", away);
        }
    }

    void read(long document) {
        var attempt = documents.attempt(document);
        if (attempt.isEmpty()) {
            return;
        }
        if (attempt.get() > MOST) {
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

    @Override
    public void close() {
        renewing.shutdownNow();
    }
}
