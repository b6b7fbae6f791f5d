package dev.plimsoll.runtime.semantic;

import java.util.SplittableRandom;

/// A random rotation, the same for one key: three rounds of random signs, a permutation and a Walsh-Hadamard
/// transform of blocks. Afterwards the signs of two vectors at an angle differ in each place with probability angle
/// / pi, whatever directions the embedding model prefers.
final class Rotation {
    /// Rows of a block. 384, 768, 1,024 and 1,536 are multiples; other dimensions are filled with zeros.
    private static final int BLOCK = 128;
    private static final int ROUNDS = 3;

    private final int dimensions;
    private final int width;
    private final int[][] from = new int[ROUNDS][];
    private final float[][] signs = new float[ROUNDS][];

    Rotation(int dimensions, long key) {
        this.dimensions = dimensions;
        this.width = width(dimensions);
        var random = new SplittableRandom(key);
        for (var round = 0; round < ROUNDS; round++) {
            from[round] = permutation(width, random);
            signs[round] = signs(width, random);
        }
    }

    static int width(int dimensions) {
        return (dimensions + BLOCK - 1) / BLOCK * BLOCK;
    }

    int width() {
        return width;
    }

    /// The rotated vector, as long as the given one.
    float[] apply(float[] vector) {
        var turned = new float[width];
        System.arraycopy(vector, 0, turned, 0, dimensions);
        var spare = new float[width];
        for (var round = 0; round < ROUNDS; round++) {
            pick(turned, from[round], signs[round], spare);
            transform(spare, turned, width / BLOCK);
        }
        return turned;
    }

    private static void pick(float[] source, int[] from, float[] signs, float[] into) {
        for (var at = 0; at < into.length; at++) {
            into[at] = signs[at] * source[from[at]];
        }
    }

    /// Transforms each column of a matrix of [#BLOCK] rows: 8 times 8 times 2 rows. The result is in `into`;
    /// `source` is used up.
    private static void transform(float[] source, float[] into, int columns) {
        eights(source, into, columns);
        eights(into, source, 8 * columns);
        pairs(source, into, 64 * columns);
    }

    private static void pairs(float[] source, float[] into, int apart) {
        for (var base = 0; base < source.length; base += 2 * apart) {
            for (var at = base; at < base + apart; at++) {
                into[at] = source[at] + source[at + apart];
                into[at + apart] = source[at] - source[at + apart];
            }
        }
    }

    private static void eights(float[] source, float[] into, int apart) {
        for (var base = 0; base < source.length; base += 8 * apart) {
            for (var at = base; at < base + apart; at++) {
                eight(source, into, at, apart);
            }
        }
    }

    private static void eight(float[] source, float[] into, int at, int apart) {
        float a = source[at];
        float b = source[at + apart];
        float c = source[at + 2 * apart];
        float d = source[at + 3 * apart];
        float e = source[at + 4 * apart];
        float f = source[at + 5 * apart];
        float g = source[at + 6 * apart];
        float h = source[at + 7 * apart];
        float ab = a + b;
        float cd = c + d;
        float ef = e + f;
        float gh = g + h;
        float a_b = a - b;
        float c_d = c - d;
        float e_f = e - f;
        float g_h = g - h;
        into[at] = ab + cd + ef + gh;
        into[at + apart] = a_b + c_d + e_f + g_h;
        into[at + 2 * apart] = ab - cd + ef - gh;
        into[at + 3 * apart] = a_b - c_d + e_f - g_h;
        into[at + 4 * apart] = ab + cd - ef - gh;
        into[at + 5 * apart] = a_b + c_d - e_f - g_h;
        into[at + 6 * apart] = ab - cd - ef + gh;
        into[at + 7 * apart] = a_b - c_d - e_f + g_h;
    }

    private static int[] permutation(int width, SplittableRandom random) {
        var places = new int[width];
        for (var at = 0; at < width; at++) {
            var other = random.nextInt(at + 1);
            places[at] = places[other];
            places[other] = at;
        }
        return places;
    }

    private static float[] signs(int width, SplittableRandom random) {
        var keepsLength = (float) (1 / Math.sqrt(BLOCK));
        var drawn = new float[width];
        for (var at = 0; at < width; at++) {
            drawn[at] = random.nextBoolean() ? keepsLength : -keepsLength;
        }
        return drawn;
    }
}
