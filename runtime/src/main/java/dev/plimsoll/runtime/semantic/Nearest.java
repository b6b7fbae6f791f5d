package dev.plimsoll.runtime.semantic;

import java.util.Arrays;
import java.util.List;

/// The nearest codes of one scan, at most [#KEPT] of them: where more lie close together, only those count that two
/// planes put nearer than the last of them. A program's buffers for one lookup at a time.
final class Nearest {
    /// Enough that an entry at the threshold is among them where thousands lie just below it, and few enough
    /// to compare.
    static final int KEPT = 2048;
    private static final int ROOM = 2 * KEPT;
    /// What an estimate is rounded to where codes are sorted by it: a tenth of its deviation.
    private static final int GRAINS = 1024;
    /// Bits of a place.
    private static final int FAR = 40;
    private static final int FOLD = 128;
    /// Survivors whose whole codes are compared at once: reads of so many places that lie apart overlap, where those of
    /// one piece alone would be waited for.
    private static final int BATCH = 256;
    /// A piece is crowded when the signs read for every entry leave more than one slot in so many, and one more for
    /// each further step. When more than a few
    /// pieces are, and a quarter of those read, more signs are read in the following ones.
    private static final int RARE = 64;
    private static final int FEW = 2;

    private final int[] distances;
    private final int[] least = new int[FOLD];
    /// Piece and slot of what the first signs have left: the upper and the lower half of the number.
    private final int[] survivors;
    /// Of each survivor the signs that differ, then its product with the signs.
    private final int[] counts;
    private final float[] estimates;
    private int left;
    /// How far each is, in grains below a cosine of two; and its place.
    private final long[] found = new long[ROOM];
    private int size;
    /// The least estimate that still counts.
    private float floor;
    private final int steps;
    private int step;
    private int read;
    private int crowded;

    Nearest(int width) {
        var slots = Pieces.LARGEST;
        distances = new int[slots];
        steps = Radius.steps(width);
        survivors = new int[slots + BATCH];
        counts = new int[slots + BATCH];
        estimates = new float[slots + BATCH];
    }

    /// Looks through the pieces, for entries that live after `now`.
    void scan(List<Piece> pieces, Probe probe, Radius reach, long now) {
        size = 0;
        left = 0;
        floor = reach.coarse();
        step = reach.start();
        read = 0;
        crowded = 0;
        for (var index = 0; index < pieces.size(); index++) {
            if (pieces.get(index).size() > 0) {
                firstSigns(pieces.get(index), index, probe, reach);
            }
            if (left >= BATCH) {
                wholeCodes(pieces, probe, reach, now);
            }
        }
        wholeCodes(pieces, probe, reach, now);
        if (size > KEPT) {
            shrink();
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

    private void firstSigns(Piece piece, int index, Probe probe, Radius reach) {
        var limit = reach.first(step);
        piece.distances(probe, step, distances);
        Arrays.fill(distances, piece.slots(), distances.length, Integer.MAX_VALUE);
        fold(distances, least);
        var before = left;
        survivors(index << Short.SIZE, limit);
        read++;
        crowded += left - before > (step + 1) * piece.slots() / RARE ? 1 : 0;
        if (crowded > FEW + read / 4 && step < steps - 1) {
            step++;
            read = 0;
            crowded = 0;
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

    private void survivors(int piece, int limit) {
        // A copy, which a loop that also writes to an array can keep in a register.
        var count = left;
        for (var lane = 0; lane < FOLD; lane++) {
            if (least[lane] <= limit) {
                for (var slot = lane; slot < distances.length; slot += FOLD) {
                    survivors[count] = piece | slot;
                    count += distances[slot] <= limit ? 1 : 0;
                }
            }
        }
        left = count;
    }

    private void wholeCodes(List<Piece> pieces, Probe probe, Radius reach, long now) {
        // All numbers first, then all comparisons: reads that wait for memory overlap.
        for (var at = 0; at < left; at++) {
            counts[at] = pieces.get(survivors[at] >>> Short.SIZE).distance(probe, survivors[at] & 0xffff);
        }
        keepNear(reach.whole());
        for (var at = 0; at < left; at++) {
            var piece = pieces.get(survivors[at] >>> Short.SIZE);
            counts[at] = piece.signProduct(probe, survivors[at] & 0xffff);
            estimates[at] = piece.cosineBySigns(probe, survivors[at] & 0xffff, counts[at]);
        }
        keepEstimated(reach.bySigns());
        for (var at = 0; at < left; at++) {
            var piece = pieces.get(survivors[at] >>> Short.SIZE);
            estimates[at] = piece.coarseCosine(probe, survivors[at] & 0xffff, counts[at]);
        }
        keepEstimated(floor);
        for (var at = 0; at < left; at++) {
            if (pieces.get(survivors[at] >>> Short.SIZE).expiry(survivors[at] & 0xffff) > now) {
                add(estimates[at], survivors[at]);
            }
        }
        left = 0;
    }

    private void keepNear(int radius) {
        var kept = 0;
        for (var at = 0; at < left; at++) {
            survivors[kept] = survivors[at];
            kept += counts[at] <= radius ? 1 : 0;
        }
        left = kept;
    }

    private void keepEstimated(float least) {
        var kept = 0;
        for (var at = 0; at < left; at++) {
            survivors[kept] = survivors[at];
            counts[kept] = counts[at];
            estimates[kept] = estimates[at];
            kept += estimates[at] >= least ? 1 : 0;
        }
        left = kept;
    }

    private void add(float estimate, int place) {
        // An estimate may be a little above one.
        found[size++] = (long) Math.max(0, (int) ((2 - estimate) * GRAINS)) << FAR | place;
        if (size == ROOM) {
            shrink();
        }
    }

    /// Keeps the nearest.
    private void shrink() {
        Arrays.sort(found, 0, size);
        size = KEPT;
        floor = Math.max(floor, 2 - (float) (found[KEPT - 1] >>> FAR) / GRAINS);
    }
}
