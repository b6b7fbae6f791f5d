package dev.plimsoll.runtime.semantic;

import java.util.LinkedHashSet;

/// Pairs of an entry and a question that it does not answer, as somebody judged: not to be given again.
final class Refuted {
    /// Pairs kept, about 50 bytes each.
    private static final int KEPT = 10_000;

    private final LinkedHashSet<Long> pairs = new LinkedHashSet<>();

    synchronized void add(Scope scope, long entry, long question) {
        pairs.add(pair(scope, entry, question));
        if (pairs.size() > KEPT) {
            pairs.removeFirst();
        }
    }

    /// For an entry that holds another answer now.
    synchronized void forget(Scope scope, long entry, long question) {
        pairs.remove(pair(scope, entry, question));
    }

    synchronized boolean contains(Scope scope, long entry, long question) {
        return pairs.contains(pair(scope, entry, question));
    }

    /// Two that share a number by chance cost one hit.
    private static long pair(Scope scope, long entry, long question) {
        return (entry * 31 + question) * 0x9E3779B97F4A7C15L + scope.hashCode();
    }
}
