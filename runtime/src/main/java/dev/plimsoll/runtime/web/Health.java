package dev.plimsoll.runtime.web;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a service says about itself: the worst of its parts, where a part it can do without only degrades it.
///
/// @param parts in the order they were asked
public record Health(State state, Map<String, Part> parts) {
    public Health {
        parts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /// @param need whether the service can work without the part
    public record Part(State state, Need need, String detail, long millis) {}

    public enum State {
        UP, DEGRADED, DOWN;

        State worse(State other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /// Whether a service works without a part.
    public enum Need {
        /// The service is down without it.
        REQUIRED,
        /// The service is degraded without it.
        HELPFUL
    }

    /// Whether the service should get requests: also when degraded.
    public boolean ready() {
        return state != State.DOWN;
    }

    static Health of(Map<String, Part> parts) {
        var state = State.UP;
        for (var part : parts.values()) {
            var seen = part.state() == State.DOWN && part.need() == Need.HELPFUL ? State.DEGRADED : part.state();
            state = state.worse(seen);
        }
        return new Health(state, parts);
    }
}
