package dev.plimsoll.runtime.semantic;

import java.util.SplittableRandom;

/// Random vectors of length one.
final class Vectors {
    private Vectors() {}

    static float[] draw(int dimensions, SplittableRandom random) {
        var drawn = new float[dimensions];
        for (var at = 0; at < dimensions; at++) {
            drawn[at] = (float) random.nextGaussian();
        }
        return Question.unit(drawn);
    }

    /// One with exactly this cosine to another, but for rounding.
    static float[] near(float[] vector, double cosine, SplittableRandom random) {
        var aside = draw(vector.length, random);
        var along = Question.dot(aside, vector);
        for (var at = 0; at < aside.length; at++) {
            aside[at] -= (float) along * vector[at];
        }
        aside = Question.unit(aside);
        var near = new float[vector.length];
        for (var at = 0; at < near.length; at++) {
            near[at] = (float) (cosine * vector[at] + Math.sqrt(1 - cosine * cosine) * aside[at]);
        }
        return Question.unit(near);
    }
}
