package dev.plimsoll.bench.cache;

import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.cache.Loader;
import dev.plimsoll.runtime.cache.SyncRules;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// One of the processes of [Stampede]. The time of the running clock is the same in all processes of a machine.
public final class StampedeCallers {
    private static final int WARM_UP = 2_000;
    private static final long PAUSE = 10;
    private static final String KEY = "hot";

    private final ConcurrentLinkedQueue<Long> loads = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    private final AtomicLong calls = new AtomicLong();
    private final Duration time;
    private volatile long begin;
    private volatile long end;

    private StampedeCallers(Duration time) {
        this.time = time;
    }

    /// A way of getting the value.
    private interface Way {
        String get(Loader<String> loader) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        var callers = new StampedeCallers(Duration.ofSeconds(Long.parseLong(args[2])));
        switch (args[1]) {
            case "none" -> callers.naive(args[0]);
            case "process" -> callers.oneInProcess(args[0]);
            case "wait" -> callers.cached(args[0], Duration.ZERO);
            default -> callers.cached(args[0], Duration.ofMillis(Stampede.FRESH));
        }
    }

    private void naive(String uri) throws Exception {
        try (var client = RedisClient.create(RedisURI.create(uri)); var connection = client.connect()) {
            run(loader -> {
                var present = connection.sync().get(KEY);
                return present != null ? present : stored(connection.sync(), loader);
            });
            report(0);
        }
    }

    private void oneInProcess(String uri) throws Exception {
        var lock = new ReentrantLock();
        try (var client = RedisClient.create(RedisURI.create(uri)); var connection = client.connect()) {
            run(loader -> {
                var present = connection.sync().get(KEY);
                if (present != null) {
                    return present;
                }
                lock.lock();
                try {
                    present = connection.sync().get(KEY);
                    return present != null ? present : stored(connection.sync(), loader);
                } finally {
                    lock.unlock();
                }
            });
            report(0);
        }
    }

    private static String stored(io.lettuce.core.api.sync.RedisCommands<String, String> redis, Loader<String> loader)
            throws Exception {
        var value = loader.load();
        redis.psetex(KEY, Stampede.FRESH, value);
        return value;
    }

    private void cached(String uri, Duration stale) throws Exception {
        try (var caches = Caches.connect(uri, SyncRules.none())) {
            var cache = caches.cache(KeyTemplate.of("stampede:{key}").tagged("stampede:{key}"), Codec.text(),
                    CachePolicy.fresh(Duration.ofMillis(Stampede.FRESH)).stale(stale));
            run(loader -> cache.get(KEY, loader));
            report(cache.counts().staleHits());
        }
    }

    /// Begins when all processes are ready, which a line of input with the time tells.
    private void run(Way way) throws Exception {
        for (var call = 0; call < WARM_UP; call++) {
            way.get(() -> "warm");
        }
        System.out.println("ready");
        begin = Long.parseLong(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
        end = begin + time.toNanos();
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < Stampede.CALLERS; number++) {
            threads.add(Thread.ofPlatform().start(() -> call(way)));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private void call(Way way) {
        try {
            while (System.nanoTime() - end < 0) {
                var begun = System.nanoTime();
                var value = way.get(this::load);
                if (value.isEmpty()) {
                    throw new IllegalStateException("no value");
                }
                if (begun - begin > 0) {
                    waits.add(System.nanoTime() - begun);
                    calls.incrementAndGet();
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE);
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String load() throws InterruptedException {
        var now = System.nanoTime();
        if (now - begin > 0 && now - end < 0) {
            loads.add(now);
        }
        TimeUnit.MILLISECONDS.sleep(Stampede.LOADING);
        return "value of " + now;
    }

    private void report(long stale) {
        var lines = new StringBuilder();
        List.copyOf(loads).forEach(load -> lines.append("load ").append(load).append('\n'));
        List.copyOf(waits).forEach(wait -> lines.append("wait ").append(wait).append('\n'));
        System.out.print(lines.append("calls ").append(calls).append("\nstale ").append(stale).append('\n'));
    }
}
