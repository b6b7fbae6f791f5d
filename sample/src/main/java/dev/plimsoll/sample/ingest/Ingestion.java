package dev.plimsoll.sample.ingest;

/// Reads documents in the background, as many at once and as many waiting as there is memory for.
public interface Ingestion extends AutoCloseable {
    /// What waits or is being read already is not taken twice.
    ///
    /// @return false when no more can wait
    boolean submit(long document);

    Load load();

    /// Finishes what is being read; what waits is read after the next start.
    @Override
    void close();

    /// @param room documents that may wait
    record Load(int waiting, int working, int room) {}
}
