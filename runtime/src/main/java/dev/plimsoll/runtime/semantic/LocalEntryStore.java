package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Entries in the memory of one process, for one cache. Those unread for the longest make room; one that is larger than
/// an eighth of the limit is not kept.
public final class LocalEntryStore implements EntryStore {
    /// Objects and references of an entry besides its texts and its vector, in bytes: counted for a 64-bit JVM with
    /// compressed references, rounded up.
    private static final int OVERHEAD = 320;
    private static final int EACH_TAG = 120;
    /// An entry above this part of the limit is not kept: it would put out many.
    private static final int LARGEST = 8;

    /// There is one only, as long as the process lives.
    private static final String RUN = "local";

    private final long limit;
    private final AtomicLong told = new AtomicLong();
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// @param limit of the entries together, in bytes
    public LocalEntryStore(long limit) {
        this.limit = limit;
    }

    @Override
    public synchronized List<Entry> find(Scope scope, Collection<Long> ids) {
        var found = new ArrayList<Entry>(ids.size());
        for (var id : ids) {
            Optional.ofNullable(entries.get(new Key(scope, id))).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public synchronized void put(Entry entry) {
        drop(new Key(entry.scope(), entry.id()));
        if (bytes(entry) > limit / LARGEST) {
            throw new StoreException("an entry of " + bytes(entry) + " bytes is more than an eighth of all");
        }
        entries.put(new Key(entry.scope(), entry.id()), entry);
        bytes += bytes(entry);
        while (bytes > limit) {
            drop(entries.firstEntry().getKey());
        }
    }

    @Override
    public synchronized void remove(Scope scope, Collection<Long> ids) {
        ids.forEach(id -> drop(new Key(scope, id)));
    }

    @Override
    public Position tell(Change change) {
        return new Position(RUN, told.incrementAndGet(), 0);
    }

    @Override
    public Position position() {
        return new Position(RUN, told.get(), 0);
    }

    @Override
    public Following follow(Listener listener) {
        return () -> {
        };
    }

    /// Bytes that the entries take, as counted.
    public synchronized long bytes() {
        return bytes;
    }

    private void drop(Key key) {
        Optional.ofNullable(entries.remove(key)).ifPresent(entry -> bytes -= bytes(entry));
    }

    private static long bytes(Entry entry) {
        return OVERHEAD + (long) Float.BYTES * entry.vector().length + (long) EACH_TAG * entry.stamp().generations()
                .size() + 2L * (entry.question().length() + entry.answer().length());
    }

    private record Key(Scope scope, long id) {}
}
