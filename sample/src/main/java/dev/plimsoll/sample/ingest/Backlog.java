package dev.plimsoll.sample.ingest;

import dev.plimsoll.sample.store.Documents;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands documents on that wait and that nobody reads: those of before this start, those there was no room for, and
/// those whose reading met trouble that was not theirs.
public final class Backlog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final int PAUSE_SECONDS = 5;
    /// While there are more than the queue holds.
    private static final int SHORT_PAUSE_SECONDS = 1;
    /// Until a document is handed on once more: what was missing may be missing for long.
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Documents documents;
    private final Ingestion ingestion;
    /// When a document was handed on last, in nanoseconds.
    private final Map<Long, Long> handedOn = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("backlog").unstarted(this::handOnForEver);

    private Backlog(Documents documents, Ingestion ingestion) {
        this.documents = documents;
        this.ingestion = ingestion;
    }

    public static Backlog open(Documents documents, Ingestion ingestion) {
        var backlog = new Backlog(documents, ingestion);
        backlog.thread.start();
        return backlog;
    }

    private void handOnForEver() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(handOn() ? PAUSE_SECONDS : SHORT_PAUSE_SECONDS);
            }
        } catch (InterruptedException closed) {
            LOG.debug("what waits is read after the next start");
        }
    }

    /// @return false when there was no room for all
    private boolean handOn() {
        try {
            var waiting = documents.waiting();
            handedOn.keySet().retainAll(waiting);
            for (var document : waiting) {
                if (isDue(document)) {
                    if (!ingestion.submit(document)) {
                        return false;
                    }
                    handedOn.put(document, System.nanoTime());
                }
            }
        } catch (RuntimeException away) {
            LOG.warn("documents go on waiting", away);
        }
        return true;
    }

    private boolean isDue(long document) {
        var last = handedOn.get(document);
        return last == null || System.nanoTime() - last >= AGAIN.toNanos();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
