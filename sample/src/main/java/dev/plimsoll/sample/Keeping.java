package dev.plimsoll.sample;

import dev.plimsoll.runtime.cache.CacheListener;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.SyncRules;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.semantic.EntryStore;
import dev.plimsoll.runtime.semantic.LocalEntryStore;
import dev.plimsoll.runtime.semantic.RedisEntryStore;
import java.net.URI;
import java.util.Optional;

/// Where things are kept instead of being made again: in a Redis for all processes where there is one, else in this
/// one.
record Keeping(Optional<RedisLink> redis, Caches caches) implements AutoCloseable {
    /// Of answers in this process, a twelfth of a heap of 96 MB.
    private static final long ENTRY_BYTES = 8L * 1024 * 1024;

    /// @param namespace in Redis, which others may use as well
    static Keeping open(Optional<URI> redis, String namespace, CacheListener listener) {
        var link = redis.map(uri -> RedisLink.open(uri.toString(), RedisOptions.DEFAULT.namespace(namespace)));
        return new Keeping(link, link.map(open -> Caches.over(open, SyncRules.none(), listener)).orElseGet(() -> Caches
                .local(SyncRules.none(), listener)));
    }

    EntryStore entries() {
        return redis.<EntryStore>map(RedisEntryStore::over).orElseGet(() -> new LocalEntryStore(ENTRY_BYTES));
    }

    @Override
    public void close() {
        caches.close();
        redis.ifPresent(RedisLink::close);
    }
}
