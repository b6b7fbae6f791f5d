package dev.plimsoll.spring.cache;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/// The caches that the service's properties declare, and no others.
public final class DeclaredCaches implements CacheManager {
    private final Map<String, TaggedCache> caches = new LinkedHashMap<>();

    public DeclaredCaches(List<TaggedCache> declared) {
        declared.forEach(cache -> caches.put(cache.getName(), cache));
    }

    @Override
    public @Nullable Cache getCache(String name) {
        return caches.get(name);
    }

    @Override
    public Collection<String> getCacheNames() {
        return Collections.unmodifiableSet(caches.keySet());
    }
}
