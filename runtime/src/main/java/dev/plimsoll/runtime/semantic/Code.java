package dev.plimsoll.runtime.semantic;

/// A vector in four bits a dimension, as bit planes: the signs first, then three planes of size. Bit planes let
/// plain Java multiply 64 places at a time with `and` and a count of bits.
///
/// @param planes four planes of equal length, the highest first; a level u means (u - 7.5) steps
/// @param sum of all levels
/// @param scale turns the sum of products of a query's coordinates with (u - 7.5) into an estimate of the cosine that is
/// right on average, whatever the vector lost by rounding
/// @param signs how many are set
/// @param signScale the scale for the signs alone
/// @param coarseSum the sum for the two highest planes alone
/// @param coarseScale the scale for the two highest planes alone
@SuppressWarnings("ArrayRecordComponent")
record Code(long[] planes, int sum, float scale, int signs, float signScale, int coarseSum, float coarseScale) {
    static final int PLANES = 4;
    /// Planes of a coarse code, which says only in which quarter of the levels a coordinate is.
    static final int COARSE = 2;
    static final float COARSE_MIDDLE = ((1 << COARSE) - 1) / 2f;
    static final float SIGN_MIDDLE = 0.5f;
    /// Levels of a coordinate.
    private static final int LEVELS = 1 << PLANES;
    static final float MIDDLE = (LEVELS - 1) / 2f;
    /// Coordinates of a rotated unit vector spread like a normal distribution with deviation 1 / sqrt(width). Levels
    /// reach to 2.6 deviations, near the least mean error for 16 even levels of a normal distribution (2.6 to 2.7).
    static final float REACH = 2.6f;

    static Code of(float[] rotated) {
        var words = rotated.length / Long.SIZE;
        var planes = new long[PLANES * words];
        var perStep = (float) (LEVELS / (2 * REACH) * Math.sqrt(rotated.length));
        var sum = 0;
        var kept = 0f;
        var signs = 0;
        var signKept = 0f;
        var coarseSum = 0;
        var coarseKept = 0f;
        for (var word = 0; word < words; word++) {
            long first = 0;
            long second = 0;
            long third = 0;
            long fourth = 0;
            for (var bit = 0; bit < Long.SIZE; bit++) {
                var value = rotated[word * Long.SIZE + bit];
                int level = level(value, perStep);
                first |= (long) (level >> 3) << bit;
                second |= (long) (level >> 2 & 1) << bit;
                third |= (long) (level >> 1 & 1) << bit;
                fourth |= (long) (level & 1) << bit;
                sum += level;
                kept += value * (level - MIDDLE);
                signs += level >> PLANES - 1;
                signKept += value * ((level >> PLANES - 1) - SIGN_MIDDLE);
                coarseSum += level >> COARSE;
                coarseKept += value * ((level >> COARSE) - COARSE_MIDDLE);
            }
            planes[word] = first;
            planes[words + word] = second;
            planes[2 * words + word] = third;
            planes[3 * words + word] = fourth;
        }
        return new Code(planes, sum, 1 / kept, signs, 1 / signKept, coarseSum, 1 / coarseKept);
    }

    private static int level(float value, float perStep) {
        // The cast rounds towards zero, and a value of zero or more must land in the upper half.
        var shifted = (int) (value * perStep + LEVELS) - LEVELS / 2;
        return Math.max(0, Math.min(LEVELS - 1, shifted));
    }
}
