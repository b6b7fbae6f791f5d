package dev.plimsoll.stack;

import dev.plimsoll.source.Location;

/// One entry of a service's `depends_on`.
public record Dependency(String service, Condition condition, boolean required, boolean implicit, Location where) {
    public enum Condition {
        STARTED, HEALTHY, COMPLETED
    }
}
