package dev.plimsoll.runtime.tag;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The generations of some tags at one moment. It is taken before a value is loaded and kept beside it, so that a slow
/// loader cannot bring back what was invalidated meanwhile.
///
/// @param generations of each tag; any number, only equality counts
public record Stamp(SortedMap<Tag, Long> generations) {
    /// Of a value without tags, which is always current.
    public static final Stamp NONE = new Stamp(Collections.emptySortedMap());

    public Stamp {
        generations = Collections.unmodifiableSortedMap(new TreeMap<>(generations));
    }
}
