package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Tag;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/// The generations that this process knows.
final class NearGenerations {
    /// About 20 MB of tags at 200 bytes each; beyond, all are forgotten, which costs a question to Redis each.
    private static final int MOST = 100_000;

    private final ConcurrentHashMap<Tag, Generation> known = new ConcurrentHashMap<>();

    /// The tag's generation, or a new one for which Redis has to be asked.
    Generation of(Tag tag) {
        var present = known.get(tag);
        if (present != null) {
            return present;
        }
        if (known.mappingCount() >= MOST) {
            clear();
        }
        return known.computeIfAbsent(tag, absent -> new Generation());
    }

    void drop(Collection<Tag> tags) {
        tags.forEach(this::drop);
    }

    void drop(Tag tag) {
        var generation = known.remove(tag);
        if (generation != null) {
            generation.drop();
        }
    }

    void clear() {
        known.keySet().forEach(this::drop);
    }
}
