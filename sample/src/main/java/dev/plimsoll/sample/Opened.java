package dev.plimsoll.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parts that were opened, to be closed in reverse order, each also when another one cannot be.
final class Opened implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /// Leaves closing a part to the caller.
    void release(AutoCloseable part) {
        parts.remove(part);
    }

    @Override
    @SuppressWarnings("try") // some part's close() may be interrupted; the others are closed all the same
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception failure) {
                LOG.warn("{} could not be closed", part, failure);
            }
        }
    }
}
