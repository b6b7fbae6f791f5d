package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Tag;
import java.util.Collection;

/// An invalidation that Redis did not confirm. This process no longer returns what carried the tags, and repeats the
/// invalidation until it is confirmed; until then other processes may still return it. Calling again does no harm.
public final class PendingInvalidationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PendingInvalidationException(Collection<Tag> tags, Throwable cause) {
        super("invalidation of " + tags + " is not confirmed by Redis yet; it holds in this process and is repeated",
                cause);
    }
}
