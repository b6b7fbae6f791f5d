package dev.plimsoll.runtime.tag;

import java.util.Collection;

/// Knows the present generation of every tag. To invalidate is to begin a new generation: one write, however many
/// values carry the tag.
public interface Generations {
    /// The generations now, to be taken before loading what will carry the tags.
    Stamp stamp(Collection<Tag> tags);

    /// Whether no tag was invalidated since the stamp was taken. False when that cannot be known.
    boolean isCurrent(Stamp stamp);

    /// Whether it is known that one of the tags was invalidated since.
    default boolean isOutdated(Stamp stamp) {
        return !isCurrent(stamp);
    }

    /// Makes all that carries one of the tags stale. Once this returns, no process returns what was stamped before.
    void invalidate(Collection<Tag> tags);
}
