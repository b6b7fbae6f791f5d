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
    private final float constant;

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
        constant = rotated.length * Code.MIDDLE * MIDDLE - Code.MIDDLE * sum;
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

    /// The estimated cosine with a code.
    ///
    /// @param code where its signs begin
    /// @param size where its planes of size begin
    float cosine(long[] codes, int code, long[] sizes, int size, int sum, float codeScale) {
        return (product(codes, code, sizes, size) + constant - MIDDLE * sum) * codeScale * scale;
    }

    private int product(long[] codes, int code, long[] sizes, int size) {
        var total = 0;
        for (var word = 0; word < words; word++) {
            var mine = PLANES * word;
            total += 8 * product(codes[code + word], mine) + 4 * product(sizes[size + word], mine)
                    + 2 * product(sizes[size + words + word], mine) + product(sizes[size + 2 * words + word], mine);
        }
        return total;
    }

    private int product(long code, int at) {
        return Long.bitCount(code & planes[at]) + 2 * Long.bitCount(code & planes[at + 1])
                + 4 * Long.bitCount(code & planes[at + 2]) + 8 * Long.bitCount(code & planes[at + 3])
                + 16 * Long.bitCount(code & planes[at + 4]);
    }
}
