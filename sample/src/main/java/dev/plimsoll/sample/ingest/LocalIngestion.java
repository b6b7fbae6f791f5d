package dev.plimsoll.sample.ingest;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads in threads of this process. They are platform threads: reading keeps a processor busy and would hold a
/// carrier of the virtual threads that answer requests.
public final class LocalIngestion implements Ingestion {
    private static final Logger LOG = LoggerFactory.getLogger(LocalIngestion.class);

    private final Attempts attempts;
    private final Duration patience;
    private final ThreadPoolExecutor threads;
    private final int room;
    /// Documents that are in the queue or being read.
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();

    /// @param patience how long documents that are being read may take when this is closed
    public LocalIngestion(int workers, int room, Duration patience, Attempts attempts) {
        this.attempts = attempts;
        this.patience = patience;
        this.room = room;
        this.threads = new ThreadPoolExecutor(workers, workers, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(room),
                Thread.ofPlatform().name("ingest-", 1).factory());
    }

    @Override
    public boolean submit(long document) {
        if (!taken.add(document)) {
            return true;
        }
        try {
            threads.execute(() -> read(document));
            return true;
        } catch (RejectedExecutionException full) {
            taken.remove(document);
            // What comes while the service ends is read after the next start.
            return threads.isShutdown();
        }
    }

    private void read(long document) {
        try {
            attempts.read(document);
        } catch (RuntimeException failure) {
            LOG.error("document {} goes on waiting", document, failure);
        } finally {
            taken.remove(document);
        }
    }

    @Override
    public Load load() {
        return new Load(threads.getQueue().size(), threads.getActiveCount(), room);
    }

    @Override
    public void close() {
        threads.shutdown();
        threads.getQueue().clear();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a document is still being read after {} s; it is read again after the next start", patience
                        .toSeconds());
                attempts.forgiveOpen();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            attempts.close();
        }
    }
}
