package dev.plimsoll.sample.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.worker.Attempt;
import dev.plimsoll.runtime.worker.Job;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.runtime.worker.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a document when an attempt to read it ends.
class WorkerIngestionEndTest {
    private final List<String> told = new ArrayList<>();

    /// @param payload `null` where the job's own is not known
    private void ended(Outcome outcome, int attempt, String payload, boolean quarantined) {
        WorkerIngestion.ended(new Attempt(new Job("read-document", "7", attempt, payload), outcome, Memory.NONE,
                Duration.ZERO, Duration.ZERO, ""), () -> told.add("read"), (id, why) -> told.add(id + " " + why),
                id -> quarantined);
    }

    @Test
    void aDocumentWhoseParentsDiedIsGivenUpWithItsJob() {
        ended(Outcome.ABANDONED, 1, "null", false);
        assertThat(told).isEmpty();
        ended(Outcome.ABANDONED, 1, "null", true);
        assertThat(told).containsExactly("7 ended the service again and again while it was read");
    }

    @Test
    void aDocumentIsGivenUpAfterTwoBadAttempts() {
        ended(Outcome.KILLED_MEMORY, 1, "7", false);
        ended(Outcome.FAILED, 2, "null", true);
        assertThat(told).containsExactly("7 cannot be read: its reader failed");
    }

    @Test
    void aDocumentThatIsReadIsTold() {
        ended(Outcome.DONE, 1, "7", false);
        assertThat(told).containsExactly("read");
    }
}
