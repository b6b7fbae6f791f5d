package dev.plimsoll.runtime.semantic;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/// Pairs of an entry and a question that it does not answer, as somebody judged: not to be given again.
final class Refuted {
    /// Pairs of all scopes together, 60 bytes each, and 500 for each scope that has any: 5 MB at most. When there are
    /// more, the scope with most of them forgets its oldest, so that nobody's complaints cost others theirs. Among
    /// scopes with equally many it is the one that has had any for longest.
    private static final int KEPT = 10_000;

    private final Map<Scope, LinkedHashSet<Long>> pairs = new LinkedHashMap<>();
    private int kept;

    synchronized void add(Scope scope, long entry, long question) {
        if (pairs.computeIfAbsent(scope, absent -> new LinkedHashSet<>()).add(pair(entry, question)) && ++kept > KEPT) {
            pairs.entrySet().stream().max(Comparator.comparingInt(each -> each.getValue().size()))
                    .ifPresent(most -> remove(most.getKey(), most.getValue().getFirst()));
        }
    }

    /// For an entry that holds another answer now.
    synchronized void forget(Scope scope, long entry, long question) {
        remove(scope, pair(entry, question));
    }

    synchronized boolean contains(Scope scope, long entry, long question) {
        var its = pairs.get(scope);
        return its != null && its.contains(pair(entry, question));
    }

    private void remove(Scope scope, long pair) {
        var its = pairs.get(scope);
        if (its != null && its.remove(pair)) {
            kept--;
            if (its.isEmpty()) {
                pairs.remove(scope);
            }
        }
    }

    /// Two that share a number by chance cost one hit.
    private static long pair(long entry, long question) {
        return (entry * 31 + question) * 0x9E3779B97F4A7C15L;
    }
}
