package dev.plimsoll.stack;

import dev.plimsoll.source.Location;

/// One entry of a service's `depends_on`.
///
/// @param chosen whether the files say the condition; a list of names does not
public record Dependency(String service, Condition condition, boolean chosen, boolean required, boolean implicit,
        Location where) {
    public enum Condition {
        STARTED, HEALTHY, COMPLETED
    }
}
