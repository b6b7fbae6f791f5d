package dev.plimsoll.bench.cache;

import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.cache.SyncRules;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// What the values in the process really take of the heap, beside what the cache counts; and the time of a hit there.
public final class CacheFootprint {
    private static final int ENTRIES = 50_000;
    private static final int HITS = 20_000_000;

    private CacheFootprint() {}

    public static void main(String[] args) throws Exception {
        try (var redis = Redis.start();
                var caches = Caches.connect(redis.uri(), SyncRules.by("org").on("jira",
                        "gaps:*"))) {
            for (var size : new int[]{0, 100, 1_000}) {
                fill(caches, size);
            }
            hits(caches);
        }
    }

    private static void fill(Caches caches, int size) throws InterruptedException {
        var random = new Random(1);
        var cache = caches.cache(KeyTemplate.of("gaps:size" + size + ":{org}:{id}", TagInvalidation.Item.class), Codec
                .bytes(), CachePolicy.fresh(Duration.ofHours(1)).bytes(256L << 20));
        for (var call = 0; call < 1_000; call++) {
            cache.get(new TagInvalidation.Item("acme", "warm" + call), () -> new byte[0]);
        }
        var before = used();
        var counted = cache.counts();
        for (var id = 0; id < ENTRIES; id++) {
            cache.get(new TagInvalidation.Item("acme", "id" + id), () -> new byte[size == 0
                    ? 0
                    : random.nextInt(size
                            * 2)]);
        }
        var took = used() - before;
        var counts = cache.counts();
        var entries = counts.entries() - counted.entries();
        System.out.printf(Locale.ROOT, "%d entries of %d bytes on average: heap %d bytes each, counted %d%n", entries,
                size, took / entries, (counts.bytes() - counted.bytes()) / entries);
    }

    private static long used() throws InterruptedException {
        for (var round = 0; round < 4; round++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void hits(Caches caches) {
        var cache = caches.cache(KeyTemplate.of("gaps:hits:{org}"), Codec.text(), TagInvalidation.DAY);
        var length = 0L;
        for (var round = 0; round < 5; round++) {
            var begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (var hit = 0; hit < HITS; hit++) {
                length += cache.get("acme", () -> "value").length();
            }
            var took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
            System.out.printf(Locale.ROOT, "a hit in the process: %.1f ns CPU (%d misses of %d)%n", (double) took
                    / HITS, cache.counts().requests() - cache.counts().nearHits(), length / 5);
        }
    }
}
