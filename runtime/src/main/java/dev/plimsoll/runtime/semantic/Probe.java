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

    /// How many signs differ from those of a slot.
    int distance(long[] codes, int slot) {
        var differing = 0;
        var offset = slot * words;
        for (var word = 0; word < words; word++) {
            differing += Long.bitCount(codes[offset + word] ^ signs[word]);
        }
        return differing;
    }

    /// The estimated cosine with the code of a slot.
    float cosine(long[] codes, long[] sizes, int slot, int sum, float codeScale) {
        return (product(codes, sizes, slot) + constant - MIDDLE * sum) * codeScale * scale;
    }

    private int product(long[] codes, long[] sizes, int slot) {
        var total = 0;
        var size = slot * words * Code.SIZES;
        for (var word = 0; word < words; word++) {
            var mine = PLANES * word;
            total += 8 * product(codes[slot * words + word], mine) + 4 * product(sizes[size + word], mine)
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
