package dev.plimsoll.bench.semantic;

/// All vectors, one after the other, with eight sums side by side.
final class FloatScan implements Contender {
    private final int dimensions;
    private final float[] all;
    private int size;

    FloatScan(int entries, int dimensions) {
        this.dimensions = dimensions;
        all = new float[entries * dimensions];
    }

    @Override
    public String title() {
        return "float scan";
    }

    @Override
    public void add(int id, float[] vector) {
        System.arraycopy(vector, 0, all, id * dimensions, dimensions);
        size++;
    }

    @Override
    public int find(float[] asked, double threshold) {
        var best = -1;
        var most = (float) threshold;
        for (var id = 0; id < size; id++) {
            var cosine = dot(asked, id * dimensions);
            if (cosine >= most) {
                most = cosine;
                best = id;
            }
        }
        return best;
    }

    @Override
    public double bytesEach() {
        return (double) dimensions * Float.BYTES;
    }

    @Override
    public void close() {}

    private float dot(float[] asked, int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (var at = 0; at < dimensions; at += 8) {
            a += asked[at] * all[from + at];
            b += asked[at + 1] * all[from + at + 1];
            c += asked[at + 2] * all[from + at + 2];
            d += asked[at + 3] * all[from + at + 3];
            e += asked[at + 4] * all[from + at + 4];
            f += asked[at + 5] * all[from + at + 5];
            g += asked[at + 6] * all[from + at + 6];
            h += asked[at + 7] * all[from + at + 7];
        }
        return a + b + c + d + e + f + g + h;
    }
}
