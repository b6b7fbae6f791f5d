package dev.plimsoll.spring.cache;

import dev.plimsoll.runtime.cache.Cache;
import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.cache.LoadFailedException;
import dev.plimsoll.runtime.cache.Loader;
import dev.plimsoll.runtime.redis.PendingInvalidationException;
import dev.plimsoll.runtime.tag.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.core.task.TaskDecorator;

/// A cache of the library as Spring's annotations know one. To evict or to clear is to begin a new generation, of the
/// key's tag or of the cache's.
public final class TaggedCache extends AbstractValueAdaptingCache {
    private static final Logger LOG = LoggerFactory.getLogger(TaggedCache.class);

    private final String name;
    private final Caches caches;
    private final Cache<List<String>, Object> cache;
    private final Codec<Object> codec;
    private final KeyParts parts;
    private final Tag all;
    /// With the tag of a single key and no other.
    private final KeyTemplate<List<String>> single;
    private final Misses misses = new Misses();
    private final Evictions evictions;
    private final TaskDecorator decorator;

    /// What becomes of an eviction that Redis does not confirm, because it is away. The library repeats it in any case.
    public enum Evictions {
        /// It is logged: the service works without Redis.
        REPEATED,
        /// It is thrown after the method has run, so that its caller knows of other processes that may have the old.
        STRICT
    }

    /// @param template of the keys, without tags
    /// @param decorator of loads in the background
    public TaggedCache(String name, KeyTemplate<List<String>> template, Codec<Object> codec, CachePolicy policy,
            Caches caches, Evictions evictions, TaskDecorator decorator) {
        super(true);
        this.name = name;
        this.caches = caches;
        this.evictions = evictions;
        this.decorator = decorator;
        this.codec = codec;
        // Events have no slash, so that none of them makes these tags.
        all = Tag.of("spring/cache:" + name);
        var key = "spring/key:" + template.text();
        single = KeyTemplate.ofList(template.text()).tagged(key);
        cache = caches.cache(template.tagged(all.name(), key), codec, policy);
        parts = new KeyParts(name, template.names().size());
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Cache<List<String>, Object> getNativeCache() {
        return cache;
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        var texts = parts.of(key);
        var found = cache.find(texts);
        if (found.isEmpty()) {
            misses.note(texts, cache.stamp(texts));
        }
        return found.orElse(null);
    }

    /// What is fresh is returned as it is. To ask the library first would load it anew in the background, in the last
    /// moments before it is old, without the caller's security context, request and transaction.
    @Override
    @SuppressWarnings("unchecked") // the annotation's method and the declared type say so
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        var texts = parts.of(key);
        try {
            var fresh = cache.find(texts);
            return (T) fromStoreValue(fresh.isPresent() ? fresh.get() : cache.get(texts, loader(valueLoader)));
        } catch (LoadFailedException failed) {
            throw new ValueRetrievalException(key, valueLoader, Optional.ofNullable(failed.getCause()).orElse(failed));
        } catch (RuntimeException failed) {
            throw new ValueRetrievalException(key, valueLoader, failed);
        }
    }

    /// Runs a method in its caller's thread, or decorated in the background where a value is returned that is stale.
    private <T> Loader<Object> loader(Callable<T> method) {
        var caller = Thread.currentThread();
        var later = new FutureTask<>(method);
        var decorated = decorator.decorate(later);
        return () -> {
            if (Thread.currentThread().equals(caller)) {
                return toStoreValue(method.call());
            }
            decorated.run();
            return toStoreValue(later.get());
        };
    }

    /// Keeps what a method returned after a miss. Any other value replaces one that other processes may keep, so the
    /// key is evicted, and the next call loads.
    @Override
    public void put(Object key, @Nullable Object value) {
        var texts = parts.of(key);
        var since = misses.take(texts);
        if (since.isEmpty()) {
            evict(texts);
            return;
        }
        var stored = toStoreValue(value);
        var kept = cache.offer(texts, stored, since.get());
        if (kept.filter(other -> isSame(other, stored)).isEmpty() && caches.connected()) {
            evict(texts);
        }
    }

    private boolean isSame(Object one, Object other) {
        return one.equals(other) || Arrays.equals(codec.encode().apply(one), codec.encode().apply(other));
    }

    @Override
    public void evict(Object key) {
        evict(parts.of(key));
    }

    private void evict(List<String> texts) {
        invalidate(single.tags(texts));
    }

    @Override
    public void clear() {
        invalidate(List.of(all));
    }

    private void invalidate(List<Tag> tags) {
        try {
            caches.invalidate(tags);
        } catch (PendingInvalidationException pending) {
            if (evictions == Evictions.STRICT) {
                throw pending;
            }
            LOG.warn("{}", pending.getMessage());
        }
    }
}
