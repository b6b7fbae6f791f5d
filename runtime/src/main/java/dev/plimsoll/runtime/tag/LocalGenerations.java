package dev.plimsoll.runtime.tag;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Generations of one process, which no other process sees. A tag that was invalidated takes its memory for as long as
/// the process lives; others take none.
public final class LocalGenerations implements HeldGenerations {
    /// Of all tags that were never invalidated. Drawn, so that a stamp of another process is not current here.
    private final long first = ThreadLocalRandom.current().nextLong();
    private final ConcurrentMap<Tag, Long> invalidated = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong(first);

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
    public void invalidate(Collection<Tag> tags) {
        tags.forEach(tag -> invalidated.put(tag, last.incrementAndGet()));
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

    private long generation(Tag tag) {
        return invalidated.getOrDefault(tag, first);
    }

    /// For the tests: tags that take memory.
    int remembered() {
        return invalidated.size();
    }
}
