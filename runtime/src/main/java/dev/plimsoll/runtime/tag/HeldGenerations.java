package dev.plimsoll.runtime.tag;

import java.util.Collection;

/// Generations that this process hears of, so that it can tell at no cost whether what it keeps is current.
public interface HeldGenerations extends Generations {
    /// The generations now, from memory if they are known.
    Held hold(Collection<Tag> tags);

    /// The same after whoever decides was asked, whatever is known: what was held if it is right.
    Held check(Collection<Tag> tags, Held held);

    /// Whether this process hears of invalidations.
    boolean watching();
}
