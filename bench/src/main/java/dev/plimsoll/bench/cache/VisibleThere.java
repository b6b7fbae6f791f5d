package dev.plimsoll.bench.cache;

import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// The other process of [TagInvalidation]: asks its cache all the time and notes when it first gets what is true.
public final class VisibleThere {
    private static final long PAUSE = 20_000;

    private VisibleThere() {}

    public static void main(String[] args) throws Exception {
        var memory = new Memory(Path.of(args[1]));
        try (var caches = Caches.connect(args[0], TagInvalidation.RULES)) {
            var cache = caches.cache(TagInvalidation.TEMPLATE, Codec.text(), TagInvalidation.DAY);
            for (var seen = 0L;;) {
                var value = Long.parseLong(cache.get(TagInvalidation.WATCHED, () -> String.valueOf(memory.get(
                        TagInvalidation.TRUTH))));
                if (value != seen) {
                    memory.set(TagInvalidation.SEEN_AT, System.nanoTime());
                    memory.set(TagInvalidation.SEEN, value);
                    seen = value;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }
}
