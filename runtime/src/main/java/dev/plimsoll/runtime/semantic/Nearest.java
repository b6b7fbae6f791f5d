package dev.plimsoll.runtime.semantic;

import java.util.Arrays;
import java.util.List;

/// The nearest codes of one scan, at most [#KEPT] of them: where entries lie close together, the radius shrinks to
/// theirs.
/// A program's buffers for one lookup at a time.
final class Nearest {
    /// Enough that the nearest entry is among them where a thousand entries share a template, and few enough
    /// to compare.
    static final int KEPT = 256;
    private static final int ROOM = 4 * KEPT;
    private static final int FOLD = 128;
    /// Survivors whose whole codes are compared at once: reads of so many places that lie apart overlap, where those of
    /// one piece alone would be waited for.
    private static final int BATCH = 256;

    private final int[] distances;
    private final int[] least = new int[FOLD];
    /// Piece and slot of what the first plane has left: the upper and the lower half of the number.
    private final int[] survivors;
    private final int[] whole;
    private int left;
    private final long[] found = new long[ROOM];
    private final int[] byDistance;
    private int size;
    private int radius;
    private int first;
    /// Nobody asks for it, but without it the compiler would leave the reads out.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    Nearest(int slots, int width) {
        distances = new int[slots];
        survivors = new int[slots + BATCH];
        whole = new int[slots + BATCH];
        byDistance = new int[width + 1];
    }

    /// Looks through the pieces, for entries that live after `now`.
    void scan(List<Piece> pieces, Probe probe, Radius reach, long now) {
        size = 0;
        left = 0;
        radius = reach.whole();
        first = reach.first(radius);
        Arrays.fill(byDistance, 0);
        for (var index = 0; index < pieces.size(); index++) {
            if (pieces.get(index).size() > 0) {
                firstPlane(pieces.get(index), index, probe);
            }
            if (left >= BATCH) {
                wholeCodes(pieces, probe, reach, now);
            }
        }
        wholeCodes(pieces, probe, reach, now);
        if (size > KEPT) {
            shrink(reach);
        }
    }

    /// Reads what [Piece#cosine] of each will need, so that these reads overlap and are not waited for one by one.
    void touch(List<Piece> pieces) {
        var read = 0L;
        for (var at = 0; at < size; at++) {
            read ^= pieces.get(piece(at)).touch(slot(at));
        }
        touched = read;
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

    private void firstPlane(Piece piece, int index, Probe probe) {
        piece.distances(probe, distances);
        Arrays.fill(distances, piece.slots(), distances.length, Integer.MAX_VALUE);
        fold(distances, least);
        survivors(index << Short.SIZE);
    }

    private void wholeCodes(List<Piece> pieces, Probe probe, Radius reach, long now) {
        // First all distances, then all comparisons: reads that wait for memory overlap.
        for (var at = 0; at < left; at++) {
            whole[at] = pieces.get(survivors[at] >>> Short.SIZE).distance(probe, survivors[at] & 0xffff);
        }
        for (var at = 0; at < left; at++) {
            if (whole[at] <= radius && pieces.get(survivors[at] >>> Short.SIZE).expiry(survivors[at] & 0xffff) > now) {
                add(whole[at], survivors[at], reach);
            }
        }
        left = 0;
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

    private void survivors(int piece) {
        // A copy, which a loop that also writes to an array can keep in a register.
        var count = left;
        for (var lane = 0; lane < FOLD; lane++) {
            if (least[lane] <= first) {
                for (var slot = lane; slot < distances.length; slot += FOLD) {
                    survivors[count] = piece | slot;
                    count += distances[slot] <= first ? 1 : 0;
                }
            }
        }
        left = count;
    }

    private void add(int distance, int place, Radius reach) {
        found[size++] = (long) distance << 40 | place;
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
