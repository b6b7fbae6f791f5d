package dev.plimsoll.runtime.semantic;

/// A vector that is looked for, in five bits a dimension as bit planes.
final class Probe {
    private static final int PLANES = 5;
    /// Words that are counted one by one: those of 384 dimensions. Of so short a loop the compiler makes a slow one,
    /// which cost the lookups with most survivors a fifth; what is longer goes on in a loop.
    private static final int AT_ONCE = 6;
    private static final int LEVELS = 1 << PLANES;
    private static final float MIDDLE = (LEVELS - 1) / 2f;
    /// More levels than a [Code] has, so they may reach farther, in deviations.
    private static final float REACH = 3.2f;

    private final int words;
    private final long[] signs;
    private final long[] planes;
    private final float scale;
    /// What the products of levels are off by, for all planes of a code, for two and for the signs alone.
    private final float constant;
    private final float coarseConstant;
    private final float signConstant;

    Probe(float[] rotated) {
        words = rotated.length / Long.SIZE;
        signs = new long[words];
        planes = new long[PLANES * words];
        var perStep = (float) (LEVELS / (2 * REACH) * Math.sqrt(rotated.length));
        var sum = 0;
        var kept = 0f;
        for (var at = 0; at < rotated.length; at++) {
            var level = Math.max(0, Math.min(LEVELS - 1, (int) (rotated[at] * perStep + LEVELS) - LEVELS / 2));
            // Words of a level lie side by side: they are multiplied together.
            var word = at >> 6;
            for (var plane = 0; plane < PLANES; plane++) {
                planes[PLANES * word + plane] |= (long) (level >> plane & 1) << at;
            }
            signs[word] |= (long) (level >> PLANES - 1) << at;
            sum += level;
            kept += rotated[at] * (level - MIDDLE);
        }
        scale = 1 / kept;
        constant = Code.MIDDLE * (rotated.length * MIDDLE - sum);
        coarseConstant = Code.COARSE_MIDDLE * (rotated.length * MIDDLE - sum);
        signConstant = Code.SIGN_MIDDLE * (rotated.length * MIDDLE - sum);
    }

    /// The signs, as in the first plane of a [Code].
    long[] signs() {
        return signs;
    }

    /// How many signs differ from those that begin at a place.
    int distance(long[] codes, int place) {
        var differing = 0;
        var word = 0;
        if (words >= AT_ONCE) {
            differing = differing(codes, place, 0) + differing(codes, place, 1) + differing(codes, place, 2)
                    + differing(codes, place, 3) + differing(codes, place, 4) + differing(codes, place, 5);
            word = AT_ONCE;
        }
        for (; word < words; word++) {
            differing += differing(codes, place, word);
        }
        return differing;
    }

    /// The product with a plane of a code.
    ///
    /// @param plane where it begins
    int product(long[] codes, int plane) {
        var total = 0;
        var word = 0;
        if (words >= AT_ONCE) {
            total = product(codes, plane, 0) + product(codes, plane, 1) + product(codes, plane, 2)
                    + product(codes, plane, 3) + product(codes, plane, 4) + product(codes, plane, 5);
            word = AT_ONCE;
        }
        for (; word < words; word++) {
            total += product(codes, plane, word);
        }
        return total;
    }

    /// The cosine as the signs of a code tell it.
    ///
    /// @param signs the product with them
    float bySigns(int signs, int set, float codeScale) {
        return (signs + signConstant - MIDDLE * set) * codeScale * scale;
    }

    /// The cosine as two planes of a code tell it.
    ///
    /// @param signs the product with the signs
    /// @param next the product with the next plane
    float coarse(int signs, int next, int sum, float codeScale) {
        return (2 * signs + next + coarseConstant - MIDDLE * sum) * codeScale * scale;
    }

    /// The estimated cosine with a code.
    ///
    /// @param signs the product with its signs
    /// @param next where the next plane begins
    /// @param rest where the two lowest planes begin
    float cosine(int signs, long[] codes, int next, long[] rests, int rest, int sum, float codeScale) {
        var total = 8 * signs + 4 * product(codes, next) + 2 * product(rests, rest) + product(rests, rest + words);
        return (total + constant - MIDDLE * sum) * codeScale * scale;
    }

    private int differing(long[] codes, int place, int word) {
        return Long.bitCount(codes[place + word] ^ signs[word]);
    }

    private int product(long[] codes, int plane, int word) {
        var code = codes[plane + word];
        var at = PLANES * word;
        return Long.bitCount(code & planes[at]) + 2 * Long.bitCount(code & planes[at + 1])
                + 4 * Long.bitCount(code & planes[at + 2]) + 8 * Long.bitCount(code & planes[at + 3])
                + 16 * Long.bitCount(code & planes[at + 4]);
    }
}
