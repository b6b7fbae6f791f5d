package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.redis.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Threads that read one key through a cache all the time and count what is older than was confirmed before they asked.
final class Readers implements AutoCloseable {
    static final SyncRules RULES = SyncRules.by("org").on("jira", "number:*");

    private final Truth truth;
    private final Caches caches;
    private final Cache<String, String> cache;
    private final ArrayList<Thread> threads = new ArrayList<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private volatile boolean stopped;

    Readers(String uri, Truth truth, int count) {
        this.truth = truth;
        caches = Caches.connect(uri, RedisOptions.DEFAULT, RULES, CacheListener.SILENT);
        cache = caches.cache(KeyTemplate.of("number:{org}"), Codec.text(), CachePolicy.fresh(Duration.ofSeconds(2))
                .stale(Duration.ofMinutes(1)));
        for (var number = 0; number < count; number++) {
            threads.add(Thread.ofPlatform().daemon().start(this::read));
        }
    }

    Caches caches() {
        return caches;
    }

    private void read() {
        while (!stopped) {
            var least = truth.confirmed();
            var value = Long.parseLong(cache.get("acme", this::slow));
            reads.incrementAndGet();
            if (value < least) {
                stale.incrementAndGet();
            }
        }
    }

    /// What is true when it begins, after up to 1.5 ms.
    private String slow() throws InterruptedException {
        var value = truth.now();
        TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(1_500));
        return String.valueOf(value);
    }

    String report() {
        var counts = cache.counts();
        return reads + " " + stale + " " + counts.nearHits() + " " + counts.loads();
    }

    long reads() {
        return reads.get();
    }

    @Override
    public void close() {
        stopped = true;
        for (var thread : threads) {
            join(thread);
        }
        caches.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
