package dev.plimsoll.runtime.tag;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

/// Generations of one process, which no other process sees. Tags that were invalidated take memory, others none.
public final class LocalGenerations implements HeldGenerations {
    /// About 15 MB of tags at 150 bytes each; beyond, all begin a new generation together, which costs one
    /// loading each.
    private static final int MOST = 100_000;

    private final ConcurrentMap<Tag, Long> invalidated = new ConcurrentHashMap<>();
    /// Of all tags that are not remembered. Drawn, so that a stamp of another process is not current here.
    private volatile long first = ThreadLocalRandom.current().nextLong();
    private long last = first;

    @Override
    public Stamp stamp(Collection<Tag> tags) {
        var generations = new TreeMap<Tag, Long>();
        tags.forEach(tag -> generations.put(tag, generation(tag)));
        return new Stamp(generations);
    }

    @Override
    public boolean isCurrent(Stamp stamp) {
        for (var held : stamp.generations().entrySet()) {
            if (held.getValue() != generation(held.getKey())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized void invalidate(Collection<Tag> tags) {
        for (var tag : tags) {
            invalidated.put(tag, ++last);
            if (invalidated.size() > MOST) {
                first = ++last;
                invalidated.clear();
            }
        }
    }

    @Override
    public Held hold(Collection<Tag> tags) {
        return new LocalHeld(this, stamp(tags));
    }

    @Override
    public Held check(Collection<Tag> tags, Held held) {
        return held.isCurrent() ? held : hold(tags);
    }

    @Override
    public boolean watching() {
        return true;
    }

    private record LocalHeld(LocalGenerations owner, Stamp taken) implements Held {
        @Override
        public Optional<Stamp> stamp() {
            return Optional.of(taken);
        }

        @Override
        public boolean isCurrent(long now) {
            return owner.isCurrent(taken);
        }
    }

    /// Looks for the tag before the generation of all others, which is newer when the tag was just forgotten.
    private long generation(Tag tag) {
        var own = invalidated.get(tag);
        return own == null ? first : own;
    }

    /// For the tests: tags that take memory.
    int remembered() {
        return invalidated.size();
    }
}
