package dev.plimsoll.sample.ingest;

import dev.plimsoll.runtime.worker.Attempt;
import dev.plimsoll.runtime.worker.Bounds;
import dev.plimsoll.runtime.worker.ChildCommand;
import dev.plimsoll.runtime.worker.JobKind;
import dev.plimsoll.runtime.worker.JobQueue;
import dev.plimsoll.runtime.worker.Limits;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.runtime.worker.Outcome;
import dev.plimsoll.runtime.worker.Work;
import dev.plimsoll.runtime.worker.WorkerMeters;
import dev.plimsoll.runtime.worker.WorkerSettings;
import dev.plimsoll.runtime.worker.Workers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads in child processes with a ceiling: a document that swells ends its child, not the service. What waits is
/// kept in the database and survives the service.
public final class WorkerIngestion implements Ingestion {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerIngestion.class);
    private static final String KIND = "read-document";
    private static final JobKind<Long> READ = new JobKind<>(KIND, String::valueOf);
    private static final int ATTEMPTS = 2;
    /// Longer than the largest upload takes on one slow core.
    private static final Duration WALL = Duration.ofMinutes(5);
    /// A child keeps a connection, so that it is not replaced after every few documents.
    private static final int DOCUMENTS_PER_CHILD = 500;

    private final JobQueue queue;
    private final Workers workers;
    private final int room;

    /// @param work what a child does with a job, whose payload is a document's id
    /// @param slots children at once
    /// @param room documents that may wait
    /// @param ceiling of one child
    /// @param bounds what must hold on the machine before a child is given a document
    /// @param patience how long documents that are being read may take when this is closed
    /// @param read told when a child is done with a document
    /// @param givenUp told the id of each document that no child could read, and why
    public WorkerIngestion(DataSource source, Class<? extends Work> work, int slots, int room, Memory ceiling,
            Bounds bounds, Duration patience, Runnable read, BiConsumer<Long, String> givenUp)
            throws SQLException, IOException, InterruptedException {
        this.room = room;
        queue = new JobQueue(source);
        queue.install();
        workers = Workers.start(source, settings(work, slots, ceiling, patience).withBounds(bounds));
        workers.listen(attempt -> ended(attempt, read, givenUp, id -> isInQuarantine(source, id)));
    }

    private static WorkerSettings settings(Class<? extends Work> work, int slots, Memory ceiling, Duration patience) {
        var limits = Limits.of(ceiling).withJobs(DOCUMENTS_PER_CHILD).withWall(WALL);
        return WorkerSettings.of(slots, limits, ChildCommand.java(work), KIND).withAttempts(ATTEMPTS).withDrain(
                patience);
    }

    static void ended(Attempt attempt, Runnable read, BiConsumer<Long, String> givenUp, Predicate<String> quarantined) {
        if (attempt.outcome() == Outcome.DONE) {
            read.run();
            return;
        }
        // The payload is not known of a job whose parent died.
        var document = attempt.job().id();
        LOG.warn("attempt {} at document {} ended: {} with {} at most, {}", attempt.job().attempt(), document, attempt
                .outcome().code(), attempt.peak(), attempt.message());
        var last = attempt.outcome() == Outcome.ABANDONED
                ? quarantined.test(document)
                : attempt.job().attempt() >= ATTEMPTS;
        if (last) {
            givenUp.accept(Long.parseLong(document), reason(attempt));
        }
    }

    /// Whether a job will not be taken again.
    private static boolean isInQuarantine(DataSource source, String id) {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(
                        "SELECT 1 FROM plimsoll.job_quarantine WHERE kind = ? AND job = ?")) {
            statement.setString(1, KIND);
            statement.setString(2, id);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException unavailable) {
            LOG.warn("document {} goes on waiting: {}", id, unavailable.getMessage());
            return false;
        }
    }

    private static String reason(Attempt attempt) {
        return switch (attempt.outcome()) {
            case KILLED_MEMORY -> "needs more memory than a reader may take";
            case KILLED_TIMEOUT -> "takes longer than a reader may take";
            case ABANDONED -> "ended the service again and again while it was read";
            case DONE, FAILED, CRASHED -> Reading.READER_FAILED;
        };
    }

    public WorkerMeters meters() {
        return new WorkerMeters(workers, queue);
    }

    @Override
    public boolean submit(long document) {
        try {
            if (queue.depth() >= room) {
                return false;
            }
            var id = String.valueOf(document);
            if (!queue.release(KIND, id)) {
                queue.enqueue(READ, id, document);
            }
            return true;
        } catch (SQLException unavailable) {
            LOG.warn("document {} goes on waiting: {}", document, unavailable.getMessage());
            return false;
        }
    }

    @Override
    public Load load() {
        try {
            var working = workers.busy();
            return new Load((int) Math.max(0, queue.depth() - working), working, room);
        } catch (SQLException unavailable) {
            return new Load(room, workers.busy(), room);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
