package dev.plimsoll.spring.cache;

import dev.plimsoll.runtime.tag.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What this thread has just looked for in vain. Spring asks, runs the method and puts its result, all in one thread;
/// the stamp of before the method tells whether the result may be kept.
final class Misses {
    /// Nested methods of one cache; what a method that threw leaves behind goes with them.
    private static final int DEEPEST = 16;

    private final ThreadLocal<Map<List<String>, Stamp>> open = ThreadLocal.withInitial(Bounded::new);

    void note(List<String> key, Stamp stamp) {
        open.get().put(key, stamp);
    }

    Optional<Stamp> take(List<String> key) {
        return Optional.ofNullable(open.get().remove(key));
    }

    private static final class Bounded extends LinkedHashMap<List<String>, Stamp> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Stamp> eldest) {
            return size() > DEEPEST;
        }
    }
}
