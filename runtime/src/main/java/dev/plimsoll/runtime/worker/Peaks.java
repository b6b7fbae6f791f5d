package dev.plimsoll.runtime.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// What jobs of each kind have taken, learned from their peaks.
final class Peaks {
    /// The latest, so that a kind that changes is learned anew.
    private static final int KEPT = 200;
    /// Fewer say nothing of a 95th percentile.
    private static final int ENOUGH = 20;

    private final Memory ceiling;
    private final Map<String, Deque<Memory>> byKind = new HashMap<>();

    /// @param ceiling assumed of kinds of which too little is known
    Peaks(Memory ceiling) {
        this.ceiling = ceiling;
    }

    synchronized void learn(String kind, Memory peak) {
        var peaks = byKind.computeIfAbsent(kind, absent -> new ArrayDeque<>());
        peaks.addLast(Memory.min(peak, ceiling));
        if (peaks.size() > KEPT) {
            peaks.removeFirst();
        }
    }

    /// The 95th percentile of the kind.
    synchronized Memory expected(String kind) {
        var peaks = byKind.get(kind);
        if (peaks == null || peaks.size() < ENOUGH) {
            return ceiling;
        }
        var sorted = peaks.stream().sorted().toList();
        return sorted.get((sorted.size() * 95 + 99) / 100 - 1);
    }
}
