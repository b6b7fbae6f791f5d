package dev.plimsoll.bench.semantic;

import java.io.IOException;

/// A way to find the nearest of stored vectors.
interface Contender extends AutoCloseable {
    String title();

    void add(int id, float[] vector) throws IOException;

    /// Called once, after the last vector.
    default void finish() throws IOException {}

    /// The identifier of a near vector that is at the threshold or above, -1 when none is.
    int find(float[] asked, double threshold) throws IOException;

    /// What a vector takes in memory, the vector itself only where the search needs it.
    double bytesEach() throws IOException;

    @Override
    void close() throws IOException;
}
