package dev.plimsoll.runtime.semantic;

/// A vector that is looked for, in five bits a dimension as bit planes.
final class Probe {
    private static final int PLANES = 5;
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
        for (var word = 0; word < words; word++) {
            differing += Long.bitCount(codes[place + word] ^ signs[word]);
        }
        return differing;
    }

    /// The cosine as the signs of a code tell it.
    ///
    /// @param code where they begin
    float bySigns(long[] codes, int code, int set, float codeScale) {
        var total = 0;
        for (var word = 0; word < words; word++) {
            total += product(codes[code + word], PLANES * word);
        }
        return (total + signConstant - MIDDLE * set) * codeScale * scale;
    }

    /// The cosine as two planes of a code tell it.
    ///
    /// @param code where its signs begin
    /// @param next where the next plane begins
    float coarse(long[] codes, int code, int next, int sum, float codeScale) {
        var total = 0;
        for (var word = 0; word < words; word++) {
            total += 2 * product(codes[code + word], PLANES * word) + product(codes[next + word], PLANES * word);
        }
        return (total + coarseConstant - MIDDLE * sum) * codeScale * scale;
    }

    /// The estimated cosine with a code.
    ///
    /// @param code where its signs begin
    /// @param next where the next plane begins
    /// @param rest where the two lowest planes begin
    float cosine(long[] codes, int code, int next, long[] rests, int rest, int sum, float codeScale) {
        var total = 0;
        for (var word = 0; word < words; word++) {
            var mine = PLANES * word;
            total += 8 * product(codes[code + word], mine) + 4 * product(codes[next + word], mine)
                    + 2 * product(rests[rest + word], mine) + product(rests[rest + words + word], mine);
        }
        return (total + constant - MIDDLE * sum) * codeScale * scale;
    }

    private int product(long code, int at) {
        return Long.bitCount(code & planes[at]) + 2 * Long.bitCount(code & planes[at + 1])
                + 4 * Long.bitCount(code & planes[at + 2]) + 8 * Long.bitCount(code & planes[at + 3])
                + 16 * Long.bitCount(code & planes[at + 4]);
    }
}
