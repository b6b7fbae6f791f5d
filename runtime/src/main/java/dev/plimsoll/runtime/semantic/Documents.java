package dev.plimsoll.runtime.semantic;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/// The last documents that were told of, of all scopes. An answer that was begun before one of them is not kept if it
/// might have been different.
final class Documents {
    /// Of vectors that are kept, about 5,000 of 384 dimensions. An answer during which more documents came is not
    /// kept.
    private static final int BYTES = 8 << 20;

    private final int kept;
    private final TreeMap<Position, Document> last = new TreeMap<>();
    /// Up to here documents may have been forgotten.
    private Position forgotten = Position.UNKNOWN;
    /// Runs of before the one that the documents are of.
    private final Set<String> formerRuns = new HashSet<>();

    @SuppressWarnings("ArrayRecordComponent")
    private record Document(Scope scope, float[] vector) {}

    Documents(int dimensions) {
        kept = BYTES / (Float.BYTES * dimensions);
    }

    /// @param at where it was told; what was told before is known already
    synchronized void add(Position at, Scope scope, float[] vector) {
        if (formerRuns.contains(at.run())) {
            return;
        }
        if (!at.isOfRunOf(forgotten)) {
            formerRuns.add(forgotten.run());
            last.clear();
            forgotten = Position.start(at.run());
        }
        if (at.isAfter(forgotten)) {
            last.put(at, new Document(scope, vector));
        }
        if (last.size() > kept) {
            forgotten = last.pollFirstEntry().getKey();
        }
    }

    /// Whether a document that came to the scope after an answer was begun would have been among its sources.
    ///
    /// @param begun of the run that the documents are of, or of a later or former one
    synchronized boolean affect(Scope scope, float[] question, float weakest, Position begun) {
        if (!begun.isOfRunOf(forgotten)) {
            return formerRuns.contains(begun.run());
        }
        return forgotten.isAfter(begun) || last.tailMap(begun, false).values().stream().anyMatch(document -> document
                .scope().equals(scope) && Question.dot(question, document.vector()) > weakest);
    }
}
