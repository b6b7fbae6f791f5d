package dev.plimsoll.sample;

import dev.plimsoll.sample.store.Questions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what was asked so long ago that no report counts it, so that the table does not grow for ever. Every copy of
/// the service does; what another one removes at the moment is passed over.
final class Forgetting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final long PAUSE_MINUTES = 60;
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Questions questions;
    private final int days;
    private final Thread thread = Thread.ofPlatform().daemon().name("forgetting").unstarted(this::forgetForEver);

    private Forgetting(Questions questions, int days) {
        this.questions = questions;
        this.days = days;
    }

    /// @param days that questions are kept
    static Forgetting open(Questions questions, int days) {
        var forgetting = new Forgetting(questions, days);
        forgetting.thread.start();
        return forgetting;
    }

    private void forgetForEver() {
        try {
            while (true) {
                forget();
                TimeUnit.MINUTES.sleep(PAUSE_MINUTES);
            }
        } catch (InterruptedException closed) {
            LOG.debug("old questions are removed after the next start");
        }
    }

    private void forget() {
        try {
            while (!Thread.currentThread().isInterrupted() && questions.forget(days)) {
                LOG.debug("there may be more old questions");
            }
        } catch (RuntimeException away) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("old questions are removed in an hour", away);
            }
        }
    }

    /// The connections are closed next; a statement under way has a moment to end.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
