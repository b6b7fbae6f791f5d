package dev.plimsoll.runtime.tag;

import java.util.Optional;

/// The generations of some tags at one moment, and whether they are still the present ones.
public interface Held {
    /// Empty when they could not be known.
    Optional<Stamp> stamp();

    /// Whether no invalidation of any of the tags had returned before the call that this serves began. False when that
    /// is not known, also for what was held while this process did not hear of invalidations. Asks nobody.
    ///
    /// @param now of the running clock, read after that call began
    boolean isCurrent(long now);

    /// The same for a call that begins now.
    default boolean isCurrent() {
        return isCurrent(System.nanoTime());
    }
}
