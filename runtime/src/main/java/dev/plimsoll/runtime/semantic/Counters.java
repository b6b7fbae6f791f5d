package dev.plimsoll.runtime.semantic;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How lookups of a cache ended, since it was made.
public final class Counters {
    private final LongAdder exact = new LongAdder();
    private final LongAdder near = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder foreign = new LongAdder();
    private final Map<Lookup.Reason, LongAdder> missed = new EnumMap<>(Lookup.Reason.class);

    Counters() {
        for (var reason : Lookup.Reason.values()) {
            missed.put(reason, new LongAdder());
        }
    }

    /// Hits on the same text.
    public long exactHits() {
        return exact.sum();
    }

    /// Hits on a near question.
    public long nearHits() {
        return near.sum();
    }

    public long misses(Lookup.Reason reason) {
        return missed.getOrDefault(reason, exact).sum();
    }

    /// Answers that were kept.
    public long stored() {
        return stored.sum();
    }

    /// Entries taken out because a tag of theirs was invalidated.
    public long stale() {
        return stale.sum();
    }

    /// Entries that the store returned for a scope they do not belong to: none, unless the store is broken.
    public long foreignEntries() {
        return foreign.sum();
    }

    void count(Lookup lookup) {
        switch (lookup) {
            case Lookup.Hit hit when hit.exact() -> exact.increment();
            case Lookup.Hit hit -> near.increment();
            case Lookup.Miss miss -> missed.getOrDefault(miss.reason(), exact).increment();
        }
    }

    void stale(int entries) {
        stale.add(entries);
    }

    void keep() {
        stored.increment();
    }

    void foreign() {
        foreign.increment();
    }
}
