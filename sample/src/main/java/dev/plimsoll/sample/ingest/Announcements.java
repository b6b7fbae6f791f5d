package dev.plimsoll.sample.ingest;

import dev.plimsoll.sample.store.DatabaseException;
import dev.plimsoll.sample.store.Documents;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes stale what was kept of the sources of documents that became searchable. The database notes with the passages
/// that this is owed and forgets it only afterwards, so that it is made up for whoever dies or fails in between.
public final class Announcements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
    /// Between looks for what others left.
    private static final int PAUSE_SECONDS = 5;

    private final Documents documents;
    private final Predicate<String> changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .daemon().name("announce").factory());

    private Announcements(Documents documents, Predicate<String> changed) {
        this.documents = documents;
        this.changed = changed;
    }

    /// @param changed told a source; false when it is to be told again
    public static Announcements open(Documents documents, Predicate<String> changed) {
        var announcements = new Announcements(documents, changed);
        var _ = announcements.timer.scheduleWithFixedDelay(announcements::tell, 0, PAUSE_SECONDS,
                TimeUnit.SECONDS);
        return announcements;
    }

    /// Tells what is not told yet.
    public void tell() {
        try {
            documents.unannounced().stream().filter(owed -> changed.test(owed.source())).forEach(documents::announced);
        } catch (DatabaseException away) {
            LOG.warn("answers of before a new document may be given for a while: {}", away.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
