package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Held;
import dev.plimsoll.runtime.tag.Stamp;
import java.util.List;
import java.util.Optional;

/// A stamp together with what tells, without asking Redis, whether it is still current.
final class RedisHeld implements Held {
    private final RedisGenerations owner;
    private final Optional<Stamp> stamp;
    private final Generation[] generations;

    private RedisHeld(RedisGenerations owner, Optional<Stamp> stamp, List<Generation> generations) {
        this.owner = owner;
        this.stamp = stamp;
        this.generations = generations.toArray(Generation[]::new);
    }

    static RedisHeld of(RedisGenerations owner, Stamp stamp, List<Generation> generations) {
        return new RedisHeld(owner, Optional.of(stamp), generations);
    }

    static RedisHeld unknown(RedisGenerations owner) {
        return new RedisHeld(owner, Optional.empty(), List.of(Generation.dropped()));
    }

    @Override
    public Optional<Stamp> stamp() {
        return stamp;
    }

    /// Without tags nothing can be invalidated.
    @Override
    public boolean isCurrent(long now) {
        return generations.length == 0 || (owner.watching(now) && undropped());
    }

    /// Whether nothing was dropped, as far as this process has heard.
    private boolean undropped() {
        for (var generation : generations) {
            if (!generation.isCurrent()) {
                return false;
            }
        }
        return true;
    }
}
