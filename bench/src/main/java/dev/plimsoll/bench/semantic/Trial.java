package dev.plimsoll.bench.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Stored vectors and questions of one geometry: half of the questions are paraphrases of something stored.
///
/// @param paraphrases at a cosine between the threshold and 0.99
/// @param fresh drawn like the stored ones
record Trial(Geometry geometry, List<float[]> stored, List<float[]> paraphrases, List<float[]> fresh) {
    private static final double NEAREST = 0.99;

    static Trial draw(Geometry geometry, int entries, int questions, long seed) {
        var random = new SplittableRandom(seed);
        var stored = new ArrayList<float[]>(entries);
        for (var at = 0; at < entries; at++) {
            stored.add(geometry.draw(random));
        }
        var paraphrases = new ArrayList<float[]>();
        var fresh = new ArrayList<float[]>();
        for (var at = 0; at < questions; at++) {
            var cosine = geometry.threshold() + (NEAREST - geometry.threshold()) * random.nextDouble();
            paraphrases.add(geometry.near(stored.get(random.nextInt(entries)), cosine, random));
            fresh.add(geometry.draw(random));
        }
        return new Trial(geometry, stored, paraphrases, fresh);
    }
}
