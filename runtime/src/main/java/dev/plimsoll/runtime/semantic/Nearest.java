package dev.plimsoll.runtime.semantic;

import java.util.Arrays;

/// The nearest codes of one scan, at most [#KEPT] of them: where entries lie close together, the radius shrinks to
/// theirs.
/// A program's buffers for one lookup at a time.
final class Nearest {
    /// Enough that the nearest entry is among them where a thousand entries share a template, and few enough
    /// to compare.
    static final int KEPT = 256;
    private static final int ROOM = 4 * KEPT;
    private static final int FOLD = 128;

    private final int[] distances;
    private final int[] least = new int[FOLD];
    private final int[] survivors;
    private final long[] found = new long[ROOM];
    private final int[] byDistance;
    private int size;
    private int radius;
    private int first;

    Nearest(int slots, int width) {
        distances = new int[slots];
        survivors = new int[slots];
        byDistance = new int[width + 1];
    }

    /// Looks through the pieces, for entries that live after `now`.
    void scan(Iterable<Piece> pieces, Probe probe, Radius reach, long now) {
        size = 0;
        radius = reach.whole();
        first = reach.first(radius);
        Arrays.fill(byDistance, 0);
        var index = 0;
        for (var piece : pieces) {
            if (piece.size() > 0) {
                scan(piece, index, probe, reach, now);
            }
            index++;
        }
        if (size > KEPT) {
            shrink(reach);
        }
    }

    int size() {
        return size;
    }

    int piece(int at) {
        return (int) (found[at] >>> Short.SIZE) & 0xffffff;
    }

    int slot(int at) {
        return (int) found[at] & 0xffff;
    }

    private void scan(Piece piece, int index, Probe probe, Radius reach, long now) {
        piece.distances(probe, distances);
        Arrays.fill(distances, piece.slots(), distances.length, Integer.MAX_VALUE);
        fold(distances, least);
        var left = survivors();
        // First all distances, then all comparisons: reads that wait for memory overlap.
        for (var at = 0; at < left; at++) {
            distances[at] = piece.distance(probe, survivors[at]);
        }
        for (var at = 0; at < left; at++) {
            if (distances[at] <= radius && piece.expiry(survivors[at]) > now) {
                add(distances[at], index, survivors[at], reach);
            }
        }
    }

    /// The least distance of every 128th slot: one comparison for many entries, of which nearly all are far.
    private static void fold(int[] distances, int[] least) {
        for (var lane = 0; lane < FOLD; lane++) {
            least[lane] = Math.min(
                    Math.min(Math.min(distances[lane], distances[lane + FOLD]),
                            Math.min(distances[lane + 2 * FOLD], distances[lane + 3 * FOLD])),
                    Math.min(Math.min(distances[lane + 4 * FOLD], distances[lane + 5 * FOLD]),
                            Math.min(distances[lane + 6 * FOLD], distances[lane + 7 * FOLD])));
        }
    }

    private int survivors() {
        var left = 0;
        for (var lane = 0; lane < FOLD; lane++) {
            if (least[lane] <= first) {
                for (var slot = lane; slot < distances.length; slot += FOLD) {
                    survivors[left] = slot;
                    left += distances[slot] <= first ? 1 : 0;
                }
            }
        }
        return left;
    }

    private void add(int distance, int index, int slot, Radius reach) {
        found[size++] = (long) distance << 40 | (long) index << Short.SIZE | slot;
        byDistance[distance]++;
        if (size == ROOM) {
            shrink(reach);
        }
    }

    /// Keeps the nearest, and of those at the last distance as many as there is room for.
    private void shrink(Radius reach) {
        var last = 0;
        var nearer = 0;
        while (nearer + byDistance[last] < KEPT) {
            nearer += byDistance[last++];
        }
        var room = KEPT - nearer;
        var kept = 0;
        for (var at = 0; at < size; at++) {
            var distance = (int) (found[at] >>> 40);
            if (distance < last || distance == last && room-- > 0) {
                found[kept++] = found[at];
            }
        }
        byDistance[last] = KEPT - nearer;
        Arrays.fill(byDistance, last + 1, byDistance.length, 0);
        size = kept;
        radius = last;
        first = reach.first(radius);
    }
}
