package dev.plimsoll.bench.semantic;

import java.util.SplittableRandom;

/// A way in which embeddings may lie, drawn from a seed. No model is needed, and none is imitated exactly: the three
/// differ in what makes searching hard.
final class Geometry {
    private final String name;
    private final double threshold;
    private final int dimensions;
    private final float[] deviations;
    private final float[][] centres;
    private final int[] groups;
    private final double[] weights;
    private final double noise;

    private Geometry(String name, double threshold, int dimensions, double decay, int[] groups, double[] weights,
            double noise, long seed) {
        this.name = name;
        this.threshold = threshold;
        this.dimensions = dimensions;
        this.groups = groups;
        this.weights = weights;
        this.noise = noise;
        deviations = new float[dimensions];
        for (var at = 0; at < dimensions; at++) {
            deviations[at] = (float) Math.pow(at + 1.0, -decay);
        }
        var random = new SplittableRandom(seed);
        var all = 0;
        for (var count : groups) {
            all += count;
        }
        centres = new float[all][];
        for (var at = 0; at < all; at++) {
            centres[at] = shaped(random);
        }
    }

    /// 400 topics of 20 parts each around a common mean, as chat questions lie.
    static Geometry easy(int dimensions) {
        return new Geometry("easy", 0.85, dimensions, 0.3, new int[]{1, 400, 8000}, new double[]{0.45, 0.55, 0.45},
                0.55, 1);
    }

    /// Families of about a thousand questions that share a template: any two of a family have a cosine of 0.9.
    static Geometry templates(int dimensions, int entries) {
        return new Geometry("templates", 0.95, dimensions, 0, new int[]{Math.max(1, entries / 1000)},
                new double[]{Math.sqrt(0.9)}, Math.sqrt(0.1), 2);
    }

    /// All variance in about a dozen directions.
    static Geometry low(int dimensions) {
        return new Geometry("low", 0.9, dimensions, 0.6, new int[]{1}, new double[]{0.3}, 1, 3);
    }

    String title() {
        return name;
    }

    double threshold() {
        return threshold;
    }

    int dimensions() {
        return dimensions;
    }

    /// A vector of length one.
    float[] draw(SplittableRandom random) {
        var drawn = new float[dimensions];
        var before = 0;
        for (var level = 0; level < groups.length; level++) {
            add(drawn, weights[level], centres[before + random.nextInt(groups[level])]);
            before += groups[level];
        }
        add(drawn, noise, shaped(random));
        return unit(drawn);
    }

    /// A vector of length one with this cosine to another, off in a direction of the same shape.
    float[] near(float[] vector, double cosine, SplittableRandom random) {
        var aside = shaped(random);
        add(aside, -dot(aside, vector), vector);
        var near = new float[dimensions];
        add(near, cosine, vector);
        add(near, Math.sqrt(1 - cosine * cosine), unit(aside));
        return unit(near);
    }

    static double dot(float[] one, float[] other) {
        var sum = 0.0;
        for (var at = 0; at < one.length; at++) {
            sum += (double) one[at] * other[at];
        }
        return sum;
    }

    private float[] shaped(SplittableRandom random) {
        var drawn = new float[dimensions];
        for (var at = 0; at < dimensions; at++) {
            drawn[at] = (float) random.nextGaussian() * deviations[at];
        }
        return unit(drawn);
    }

    private static void add(float[] to, double weight, float[] vector) {
        for (var at = 0; at < to.length; at++) {
            to[at] += (float) weight * vector[at];
        }
    }

    private static float[] unit(float[] vector) {
        var length = (float) Math.sqrt(dot(vector, vector));
        for (var at = 0; at < vector.length; at++) {
            vector[at] /= length;
        }
        return vector;
    }
}
