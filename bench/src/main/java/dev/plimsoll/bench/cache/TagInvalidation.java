package dev.plimsoll.bench.cache;

import dev.plimsoll.runtime.cache.Cache;
import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.cache.SyncRules;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What it costs to invalidate 10,000 keys among up to a million: by the tag's generation, by SCAN and UNLINK, and by a
/// set of the tag's keys and a script; and how soon another process loads anew.
public final class TagInvalidation {
    static final KeyTemplate<Item> TEMPLATE = KeyTemplate.of("gaps:item:{org}:{id}", Item.class);
    static final SyncRules RULES = SyncRules.by("org").on("jira", "gaps:*");
    static final CachePolicy DAY = CachePolicy.fresh(Duration.ofDays(1)).bytes(64L << 20);
    static final Item WATCHED = new Item("acme", "watched");
    /// Slots of the shared memory: what is true, what the other process has seen, and when it saw it.
    static final int TRUTH = 0;
    static final int SEEN = 1;
    static final int SEEN_AT = 2;

    private static final int TAGGED = 10_000;
    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
    private static final int WARM_UP = 500;
    /// How long the one that waits for the other process rests, in ns.
    private static final long PAUSE = 20_000;
    private static final String VALUE = "x".repeat(100);

    private final StatefulRedisConnection<String, String> redis;
    private final Caches caches;
    private final Cache<Item, String> cache;
    private final Memory memory;
    private long truth;

    /// A key.
    record Item(String org, String id) {}

    private TagInvalidation(StatefulRedisConnection<String, String> redis, Caches caches, Memory memory) {
        this.redis = redis;
        this.caches = caches;
        this.memory = memory;
        cache = caches.cache(TEMPLATE, Codec.text(), DAY);
    }

    public static void main(String[] args) throws Exception {
        var rounds = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        var file = Files.createTempFile("plimsoll-bench", "");
        try (var server = Redis.start();
                var client = RedisClient.create();
                var connection = server.connect(client);
                var caches = Caches.connect(server.uri(), RULES)) {
            var other = Redis.java(VisibleThere.class, List.of(server.uri(), file.toString()));
            try {
                new TagInvalidation(connection, caches, new Memory(file)).run(server, rounds);
            } finally {
                other.destroy();
                other.waitFor();
            }
        } finally {
            Files.delete(Path.of(file.toString()));
        }
    }

    private void run(Redis server, int rounds) throws Exception {
        System.out.printf(Locale.ROOT, "load average %.1f, %d CPUs; times in ms; %d invalidations at each size%n%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), Runtime.getRuntime()
                        .availableProcessors(),
                rounds);
        System.out.println("| keys | scheme | p50 | p99 | server CPU each | longest GET of others | seen by another "
                + "process p50 / p99, from the call | the same, from the return |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        invalidateSometimes(WARM_UP);
        var filled = 0;
        for (var size : SIZES) {
            fill(filled, size - TAGGED);
            filled = size - TAGGED;
            tagged();
            byGeneration(server, size, rounds);
            byScan(server, size);
            byTagSet(server, size);
        }
    }

    private void byGeneration(Redis server, int size, int rounds) throws Exception {
        var took = new Samples();
        var fromCall = new Samples();
        var fromReturn = new Samples();
        try (var bystander = new Bystander(server)) {
            var before = serverCpu();
            for (var round = 0; round < rounds; round++) {
                change(took, fromCall, fromReturn);
            }
            print(size, "generation", took, (serverCpu() - before) / rounds, bystander, "%s / %s | %s / %s".formatted(
                    fromCall.millis(0.5), fromCall.millis(0.99), fromReturn.millis(0.5), fromReturn.millis(0.99)));
        }
    }

    private void invalidateSometimes(int rounds) throws InterruptedException {
        for (var round = 0; round < rounds; round++) {
            change(new Samples(), new Samples(), new Samples());
        }
    }

    private void change(Samples took, Samples fromCall, Samples fromReturn) throws InterruptedException {
        memory.set(TRUTH, ++truth);
        var begun = System.nanoTime();
        caches.sync("jira", "acme");
        var returned = System.nanoTime();
        took.add(returned - begun);
        // Parked, as spinning would take one of two cores from the server and the process that is waited for.
        while (memory.get(SEEN) < truth) {
            LockSupport.parkNanos(PAUSE);
        }
        fromCall.add(memory.get(SEEN_AT) - begun);
        fromReturn.add(Math.max(0, memory.get(SEEN_AT) - returned));
        TimeUnit.MICROSECONDS.sleep(200);
    }

    private void byScan(Redis server, int size) throws Exception {
        var took = new Samples();
        try (var bystander = new Bystander(server)) {
            var cpu = 0.0;
            for (var round = 0; round < 3; round++) {
                compared(false);
                var before = serverCpu();
                var begun = System.nanoTime();
                scanAndUnlink();
                took.add(System.nanoTime() - begun);
                cpu += serverCpu() - before;
            }
            print(size, "SCAN 1000 + UNLINK", took, cpu / 3, bystander, "| ");
        }
    }

    private void scanAndUnlink() {
        var matching = io.lettuce.core.ScanArgs.Builder.matches("compared:*").limit(1_000);
        var cursor = redis.sync().scan(matching);
        while (true) {
            if (!cursor.getKeys().isEmpty()) {
                redis.sync().unlink(cursor.getKeys().toArray(String[]::new));
            }
            if (cursor.isFinished()) {
                return;
            }
            cursor = redis.sync().scan(cursor, matching);
        }
    }

    private void byTagSet(Redis server, int size) throws Exception {
        var took = new Samples();
        var script = "local keys = redis.call('SMEMBERS', KEYS[1]) for i = 1, #keys, 5000 do redis.call('UNLINK', "
                + "unpack(keys, i, math.min(i + 4999, #keys))) end return redis.call('UNLINK', KEYS[1])";
        try (var bystander = new Bystander(server)) {
            var cpu = 0.0;
            for (var round = 0; round < 3; round++) {
                compared(true);
                var before = serverCpu();
                var begun = System.nanoTime();
                redis.sync().eval(script, io.lettuce.core.ScriptOutputType.INTEGER, "tagset");
                took.add(System.nanoTime() - begun);
                cpu += serverCpu() - before;
            }
            print(size, "set of keys, script", took, cpu / 3, bystander, "| ");
        }
    }

    private static void print(int size, String scheme, Samples took, double cpu, Bystander bystander, String seen) {
        System.out.printf(Locale.ROOT, "| %d | %s | %s | %s | %.3f | %s | %s |%n", size, scheme, took.millis(0.5), took
                .millis(0.99), cpu, bystander.longest(), seen);
    }

    /// Values that carry the tag.
    private void tagged() {
        for (var id = 0; id < TAGGED; id++) {
            cache.get(new Item("acme", "i" + id), () -> VALUE);
        }
    }

    private void fill(int from, int to) {
        inBatches(from, to, "plimsoll:v:gaps:item:other:i", false);
    }

    private void compared(boolean inSet) {
        inBatches(0, TAGGED, "compared:acme:i", inSet);
    }

    private void inBatches(int from, int to, String prefix, boolean inSet) {
        for (var start = from; start < to; start += 1_000) {
            var batch = new ArrayList<java.util.concurrent.CompletionStage<?>>();
            for (var id = start; id < Math.min(start + 1_000, to); id++) {
                batch.add(redis.async().setex(prefix + id, 86_400, VALUE));
                if (inSet) {
                    batch.add(redis.async().sadd("tagset", prefix + id));
                }
            }
            batch.forEach(each -> each.toCompletableFuture().join());
        }
    }

    /// The server's CPU time in ms.
    private double serverCpu() {
        return redis.sync().info("cpu").lines().filter(line -> line.startsWith("used_cpu_user:") || line.startsWith(
                "used_cpu_sys:")).mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1))).sum()
                * 1_000;
    }
}
