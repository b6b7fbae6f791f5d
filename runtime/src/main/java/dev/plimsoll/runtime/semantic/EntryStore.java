package dev.plimsoll.runtime.semantic;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Holds entries, perhaps for several processes. What it loses the cache misses, no more. All but [#follow] throw a
/// [StoreException] where it cannot be asked, or does not confirm in time what it may have done all the same.
public interface EntryStore {
    /// Those of the entries that are there, in any order. An expired one may be among them.
    List<Entry> find(Scope scope, Collection<Long> ids);

    /// Keeps an entry, in place of one with the same identifier, and tells the other processes.
    void put(Entry entry);

    /// Removes entries, and tells the other processes.
    void remove(Scope scope, Collection<Long> ids);

    /// Tells the other processes.
    void tell(Change change);

    /// Hears what other processes told, from the oldest change still known, until closed. One listener at a time is
    /// told one change at a time, in order. Goes on trying where they cannot be heard yet.
    Following follow(Consumer<Change> listener);

    /// Ends when closed.
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
