package dev.plimsoll.sample.ingest;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads in threads of this process. They are platform threads: reading keeps a processor busy and would hold a
/// carrier of the virtual threads that answer requests.
public final class LocalIngestion implements Ingestion {
    private static final Logger LOG = LoggerFactory.getLogger(LocalIngestion.class);
    private static final int PATIENCE_SECONDS = 20;

    private final LongConsumer reading;
    private final ThreadPoolExecutor threads;
    private final int room;

    public LocalIngestion(int workers, int room, LongConsumer reading) {
        this.reading = reading;
        this.room = room;
        this.threads = new ThreadPoolExecutor(workers, workers, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(room),
                Thread.ofPlatform().name("ingest-", 1).factory());
    }

    @Override
    public boolean submit(long document) {
        try {
            threads.execute(() -> read(document));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private void read(long document) {
        try {
            reading.accept(document);
        } catch (RuntimeException failure) {
            LOG.error("document {} waits for the next start or sync", document, failure);
        }
    }

    @Override
    public Load load() {
        return new Load(threads.getQueue().size(), threads.getActiveCount(), room);
    }

    @Override
    public void close() {
        threads.getQueue().clear();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a document is still being read after {} s; it is read again after the next start",
                        PATIENCE_SECONDS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
