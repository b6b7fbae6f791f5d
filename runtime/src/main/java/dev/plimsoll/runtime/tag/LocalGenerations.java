package dev.plimsoll.runtime.tag;

import java.util.Collection;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// Generations of one process, which no other process sees. A tag takes its memory for as long as the process lives.
public final class LocalGenerations implements Generations {
    private final ConcurrentMap<Tag, Long> current = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    @Override
    public Stamp stamp(Collection<Tag> tags) {
        var generations = new TreeMap<Tag, Long>();
        tags.forEach(tag -> generations.put(tag, current.computeIfAbsent(tag, absent -> last.incrementAndGet())));
        return new Stamp(generations);
    }

    @Override
    public boolean isCurrent(Stamp stamp) {
        return stamp.generations().entrySet().stream().allMatch(entry -> entry.getValue().equals(current.get(entry
                .getKey())));
    }

    @Override
    public void invalidate(Collection<Tag> tags) {
        tags.forEach(tag -> current.put(tag, last.incrementAndGet()));
    }
}
