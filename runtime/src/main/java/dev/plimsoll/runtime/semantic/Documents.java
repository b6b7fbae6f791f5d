package dev.plimsoll.runtime.semantic;

import java.util.ArrayDeque;
import java.util.Deque;

/// The last documents added to a scope. An answer that was being made when one of them came is not stored if it might
/// have been different.
final class Documents {
    /// Vectors kept. An answer that took longer than so many additions is not stored.
    private static final int KEPT = 64;

    private final Deque<float[]> last = new ArrayDeque<>();
    private long added;

    synchronized void add(float[] vector) {
        last.addLast(vector);
        added++;
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    synchronized long added() {
        return added;
    }

    /// Whether a document added after the first `before` would have been among the sources.
    synchronized boolean affect(float[] question, float weakest, long before) {
        if (added - before > last.size()) {
            return true;
        }
        var newer = last.descendingIterator();
        for (var at = added; at > before; at--) {
            if (Question.dot(question, newer.next()) > weakest) {
                return true;
            }
        }
        return false;
    }
}
