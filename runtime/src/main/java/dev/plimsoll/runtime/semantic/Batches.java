package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.List;

/// Identifiers in parts that a store deals with at once: entries of 4,096 dimensions are 5 MB then, which Redis sends
/// within a reader's patience.
final class Batches {
    private static final int LARGEST = 256;

    private Batches() {}

    static List<List<Long>> of(List<Long> ids) {
        var batches = new ArrayList<List<Long>>();
        for (var from = 0; from < ids.size(); from += LARGEST) {
            batches.add(List.copyOf(ids.subList(from, Math.min(ids.size(), from + LARGEST))));
        }
        return batches;
    }
}
