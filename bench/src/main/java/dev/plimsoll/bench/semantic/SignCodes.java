package dev.plimsoll.bench.semantic;

import dev.plimsoll.runtime.semantic.Near;
import dev.plimsoll.runtime.semantic.Scope;
import dev.plimsoll.runtime.semantic.VectorIndex;
import java.util.Map;

/// Plimsoll's index, and the exact cosine with the vectors it proposes, which a cache reads from its entries.
final class SignCodes implements Contender {
    private static final long ROOMY = 4L << 30;
    private static final long NOW = 1;

    private final VectorIndex index;
    private final float[][] entries;
    private final Scope scope = Scope.of(new byte[]{1}, Map.of("tenant", "bench"));
    private int size;

    SignCodes(int entries, int dimensions) {
        index = new VectorIndex(dimensions, 20, ROOMY);
        this.entries = new float[entries][];
    }

    @Override
    public String title() {
        return "Plimsoll";
    }

    @Override
    public void add(int id, float[] vector) {
        index.put(scope, id, vector, Long.MAX_VALUE, 0, NOW);
        entries[id] = vector;
        size++;
    }

    @Override
    public int find(float[] asked, double threshold) {
        for (Near near : index.near(scope, asked, threshold, NOW)) {
            if (Geometry.dot(entries[(int) near.id()], asked) >= threshold) {
                return (int) near.id();
            }
        }
        return -1;
    }

    @Override
    public double bytesEach() {
        return (double) index.bytes() / size;
    }

    @Override
    public void close() {
        index.clear();
    }
}
