package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Stamp;
import java.util.List;
import java.util.Optional;

/// A stamp together with what tells, without asking Redis, whether it is still current.
public final class Held {
    static final Held UNKNOWN = new Held(Optional.empty(), List.of(Generation.dropped()));

    private final Optional<Stamp> stamp;
    private final Generation[] generations;

    private Held(Optional<Stamp> stamp, List<Generation> generations) {
        this.stamp = stamp;
        this.generations = generations.toArray(Generation[]::new);
    }

    static Held of(Stamp stamp, List<Generation> generations) {
        return new Held(Optional.of(stamp), generations);
    }

    /// Empty while Redis cannot say.
    public Optional<Stamp> stamp() {
        return stamp;
    }

    /// Nothing can be invalidated then.
    boolean isUntagged() {
        return generations.length == 0;
    }

    /// Whether nothing was dropped, as far as this process has heard.
    boolean undropped() {
        for (var generation : generations) {
            if (!generation.isCurrent()) {
                return false;
            }
        }
        return true;
    }
}
