package dev.plimsoll.runtime.semantic;

/// An entry of the index that may be near enough.
///
/// @param id of the entry
/// @param estimate of the cosine, to about half a hundredth at 384 dimensions
public record Near(long id, float estimate) implements Comparable<Near> {
    @Override
    public int compareTo(Near other) {
        return Float.compare(other.estimate, estimate);
    }
}
