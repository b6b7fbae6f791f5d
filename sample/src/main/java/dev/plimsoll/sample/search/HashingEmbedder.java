package dev.plimsoll.sample.search;

import java.util.HashMap;
import java.util.List;

/// Words and parts of words hashed to dimensions. Needs no model and no network, and sees likeness of words, not of
/// meaning.
public final class HashingEmbedder implements Embedder {
    static final int DIMENSIONS = 256;
    /// Weight of three letters of a word against the whole word, so that `anchor` and `anchors` are near. Assumption.
    private static final float PART = 0.3f;

    @Override
    public List<Vector> embed(List<String> texts) {
        return texts.stream().map(HashingEmbedder::vector).toList();
    }

    private static Vector vector(String text) {
        var weights = new HashMap<String, Float>();
        for (var word : Words.of(text)) {
            weights.merge(word, 1f, Float::sum);
            for (var at = 0; at + 3 <= word.length() && word.length() > 3; at++) {
                weights.merge("#" + word.substring(at, at + 3), PART, Float::sum);
            }
        }
        var numbers = new float[DIMENSIONS];
        weights.forEach((feature, weight) -> {
            var hash = mixed(feature.hashCode());
            numbers[Math.floorMod(hash, DIMENSIONS)] += (hash < 0 ? -1 : 1) * (float) Math.log1p(weight);
        });
        return Vector.of(numbers);
    }

    /// Spreads the hash of a string over all bits; the finalizer of MurmurHash3.
    private static int mixed(int hash) {
        var mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
