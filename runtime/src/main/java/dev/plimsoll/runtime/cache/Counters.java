package dev.plimsoll.runtime.cache;

import java.util.concurrent.atomic.LongAdder;

/// The counts of one cache while they grow.
final class Counters {
    final LongAdder requests = new LongAdder();
    final LongAdder nearHits = new LongAdder();
    final LongAdder sharedHits = new LongAdder();
    final LongAdder staleHits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder evictions = new LongAdder();

    CacheCounts counts(long bytes, long entries) {
        return new CacheCounts(requests.sum(), nearHits.sum(), sharedHits.sum(), staleHits.sum(), misses.sum(),
                loads.sum(), failures.sum(), evictions.sum(), bytes, entries);
    }
}
