package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.tag.Generations;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// Choices for a [SemanticCache]. As built without any: calibrated thresholds, words compared, 64 MB of index.
public final class SemanticCacheBuilder {
    /// About 270,000 entries of 384 dimensions.
    private static final long INDEX_BYTES = 64L << 20;

    private final int dimensions;
    private Threshold threshold = Threshold.Calibrated.usual();
    private Veto veto = new WordVeto();
    private long indexBytes = INDEX_BYTES;
    private Clock clock = Clock.systemUTC();
    private RandomGenerator random = new SecureRandom();
    private long key = random.nextLong();

    SemanticCacheBuilder(int dimensions) {
        this.dimensions = dimensions;
    }

    public SemanticCacheBuilder threshold(Threshold chosen) {
        threshold = chosen;
        return this;
    }

    public SemanticCacheBuilder veto(Veto chosen) {
        veto = chosen;
        return this;
    }

    /// @param bytes that vectors of all scopes together may take in this process
    public SemanticCacheBuilder indexBytes(long bytes) {
        indexBytes = bytes;
        return this;
    }

    public SemanticCacheBuilder clock(Clock chosen) {
        clock = chosen;
        return this;
    }

    /// Draws which lookups are checked, and the key of the rotation.
    public SemanticCacheBuilder random(RandomGenerator chosen) {
        random = chosen;
        key = chosen.nextLong();
        return this;
    }

    public SemanticCache build(EntryStore store, Generations generations) {
        return new SemanticCache(this, store, generations);
    }

    int dimensions() {
        return dimensions;
    }

    Threshold threshold() {
        return threshold;
    }

    Veto veto() {
        return veto;
    }

    long indexBytes() {
        return indexBytes;
    }

    Clock clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }

    long key() {
        return key;
    }
}
