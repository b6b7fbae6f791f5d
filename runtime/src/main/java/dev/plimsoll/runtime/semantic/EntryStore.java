package dev.plimsoll.runtime.semantic;

import java.util.Collection;
import java.util.List;

/// Holds entries, perhaps for several processes. What it loses the cache misses, no more. All but [#follow] throw a
/// [StoreException] where it cannot be asked, or does not confirm in time what it may have done all the same;
/// [#put] also where it does not keep the entry.
public interface EntryStore {
    /// Those of the entries that are there, in any order. An expired one may be among them.
    List<Entry> find(Scope scope, Collection<Long> ids);

    /// Keeps an entry, in place of one with the same identifier, and tells the other processes. Not one that was begun
    /// in another run of the server: what was told since may be lost.
    void put(Entry entry);

    /// Removes entries, and tells the other processes.
    void remove(Scope scope, Collection<Long> ids);

    /// Tells the other processes.
    ///
    /// @return where it was told
    Position tell(Change change);

    /// The newest position that this process knows of, while it follows the changes. All that was told up to there had
    /// happened before this is asked. Asks nobody.
    Position position();

    /// Hears what other processes told, from the oldest change still known, until closed. One listener at a time is
    /// told one change at a time, in order. Goes on trying where they cannot be heard yet.
    Following follow(Listener listener);

    /// Is told of changes.
    interface Listener {
        /// @param at where it was told
        void hear(Change change, Position at);
    }

    /// Ends when closed.
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
