package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.redis.RedisGenerations;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.HeldGenerations;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.tag.Tag;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// All caches of a process, on one Redis or on none. See [SyncRules] for the events that make values stale.
public final class Caches implements AutoCloseable {
    private final Basis basis;
    private final SyncRules rules;
    private final CacheListener listener;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .daemon().name("plimsoll-cache").factory());
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(
            "plimsoll-cache-", 0).factory());
    private final Set<String> templates = ConcurrentHashMap.newKeySet();
    private final List<Cache<?, ?>> all = new CopyOnWriteArrayList<>();

    /// What all caches stand on.
    ///
    /// @param release ends what was opened for them
    private record Basis(HeldGenerations generations, Optional<SharedValues> shared, Runnable release) {
        static Basis over(RedisLink link, Runnable afterwards) {
            var generations = RedisGenerations.over(link);
            return new Basis(generations, Optional.of(new SharedValues(link)), () -> {
                generations.close();
                afterwards.run();
            });
        }
    }

    private Caches(Basis basis, SyncRules rules, CacheListener listener) {
        this.basis = basis;
        this.rules = rules;
        this.listener = listener;
    }

    /// Connects, or goes on trying in the background while Redis is away.
    ///
    /// @param uri such as `redis://127.0.0.1:6379`
    public static Caches connect(String uri, SyncRules rules) {
        return connect(uri, RedisOptions.DEFAULT, rules, CacheListener.SILENT);
    }

    public static Caches connect(String uri, RedisOptions options, SyncRules rules, CacheListener listener) {
        var link = RedisLink.open(uri, options);
        return new Caches(Basis.over(link, link::close), rules, listener);
    }

    /// The same over a connection of the caller's, who closes it afterwards.
    public static Caches over(RedisLink link, SyncRules rules, CacheListener listener) {
        return new Caches(Basis.over(link, () -> {
        }), rules, listener);
    }

    /// Caches of one process that runs alone: nothing is shared, and nothing outlives the process. What is invalidated
    /// in another process stays here.
    public static Caches local(SyncRules rules, CacheListener listener) {
        return new Caches(new Basis(new LocalGenerations(), Optional.empty(), () -> {
        }), rules, listener);
    }

    /// A cache for the keys of one template.
    public <K, V> Cache<K, V> cache(KeyTemplate<K> template, Codec<V> codec, CachePolicy policy) {
        var ruled = template.under(rules);
        if (!templates.add(template.text())) {
            throw new IllegalArgumentException("there is a cache of `" + template + "` already");
        }
        var cache = new Cache<>(new CacheParts<>(ruled, codec, policy, basis.generations(), basis.shared(), timer,
                background, listener, new Counters()));
        all.add(cache);
        return cache;
    }

    /// Makes stale what the rules say of an event, such as `sync("jira", "acme")`. One write, however many values.
    ///
    /// @throws dev.plimsoll.runtime.redis.PendingInvalidationException if Redis does not confirm it
    public void sync(String event, String value) {
        basis.generations().invalidate(List.of(rules.tag(event, value)));
    }

    /// Makes stale what carries one of the tags.
    ///
    /// @throws dev.plimsoll.runtime.redis.PendingInvalidationException if Redis does not confirm it
    public void invalidate(Collection<Tag> tags) {
        basis.generations().invalidate(tags);
    }

    /// For other caches that share the tags.
    public Generations generations() {
        return basis.generations();
    }

    /// Whether this process hears of invalidations: Redis answers, or nobody else shares the caches.
    public boolean connected() {
        return basis.generations().watching();
    }

    public List<Cache<?, ?>> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        background.shutdownNow();
        timer.shutdownNow();
        basis.release().run();
    }
}
