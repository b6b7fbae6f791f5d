package dev.plimsoll.runtime.semantic;

import java.util.ArrayDeque;
import java.util.Deque;

/// The last documents added, of all scopes. An answer that was being made when one of them came is not stored if it
/// might
/// have been different.
final class Documents {
    /// Of vectors that are kept, about 5,000 of 384 dimensions. An answer during which more documents came is not
    /// stored.
    private static final int BYTES = 8 << 20;

    private final int kept;
    private final Deque<Document> last = new ArrayDeque<>();
    private long added;

    @SuppressWarnings("ArrayRecordComponent")
    private record Document(Scope scope, float[] vector) {}

    Documents(int dimensions) {
        kept = BYTES / (Float.BYTES * dimensions);
    }

    synchronized void add(Scope scope, float[] vector) {
        last.addLast(new Document(scope, vector));
        added++;
        if (last.size() > kept) {
            last.removeFirst();
        }
    }

    synchronized long added() {
        return added;
    }

    /// Whether a document added to the scope after the first `before` of all would have been among the sources.
    synchronized boolean affect(Scope scope, float[] question, float weakest, long before) {
        if (added - before > last.size()) {
            return true;
        }
        var newer = last.descendingIterator();
        for (var at = added; at > before; at--) {
            var document = newer.next();
            if (document.scope().equals(scope) && Question.dot(question, document.vector()) > weakest) {
                return true;
            }
        }
        return false;
    }
}
